// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension SeededGenerator {
  /// A number below `bound`.
  mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &self)
  }

  /// A string of up to `count` scalars, many of which readers and writers often get wrong.
  mutating func string(upTo count: Int = 12) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<below(count + 1) {
      let scalar: Unicode.Scalar? =
        switch below(8) {
        case 0: Unicode.Scalar(UInt8.random(in: 0...0x1f, using: &self))
        case 1: "\"\\/\u{7f}\u{80}\u{7ff}\u{800}\u{d7ff}".unicodeScalars.randomElement(using: &self)
        case 2:
          "\u{e000}\u{feff}\u{ffff}\u{10000}\u{10ffff}".unicodeScalars
            .randomElement(using: &self)
        case 3: "e\u{301}\u{e9}\u{2028}\u{200d}👩".unicodeScalars.randomElement(using: &self)
        case 4: Unicode.Scalar(UInt32.random(in: 0x1_0000...0x10_ffff, using: &self))
        default: Unicode.Scalar(UInt8.random(in: 0x20...0x7e, using: &self))
        }
      if let scalar { scalars.append(scalar) }
    }
    return String(scalars)
  }

  /// A JSON value whose arrays and objects nest at most `depth` deep.
  mutating func json(depth: Int = 4) -> JSONValue {
    switch below(depth > 0 ? 9 : 6) {
    case 0: .null
    case 1: .bool(Bool.random(using: &self))
    case 2: .integer(integer())
    case 3: .double(double())
    case 4, 5: .string(string())
    case 6: .array((0..<below(5)).map { _ in json(depth: depth - 1) })
    default: .object(object(depth: depth - 1))
    }
  }

  /// An object of up to 24 members with different names, none of them a name of RFC 7519.
  mutating func object(depth: Int = 3) -> JSONObject {
    var members = JSONObject()
    for index in 0..<below(depth > 1 ? 6 : 25) {
      members["\(string(upTo: 4))\(index)"] = json(depth: depth)
    }
    return members
  }

  private mutating func integer() -> Int64 {
    let integer = Int64.random(in: .min ... .max, using: &self) >> Int64(below(64))
    return [integer, integer, integer, 0, .min, .max].randomElement(using: &self) ?? integer
  }

  private mutating func double() -> Double {
    let double = Double(bitPattern: next())
    return double.isFinite ? double : -0.0
  }
}
