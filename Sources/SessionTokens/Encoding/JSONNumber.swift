// SPDX-License-Identifier: Apache-2.0

// Numbers of a JSON text, RFC 8259 §6: -? (0 | 1…9 digits) (. digits)? ((e | E) (+ | -)? digits)?

/// A number of a JSON text: the range of its bytes.
struct JSONNumber {
  let start: Int
  let end: Int
  /// True when the number has neither a fraction nor an exponent.
  let isInteger: Bool
}

extension JSONNumber {
  /// Returns an integer for an integer literal that fits `Int64`, otherwise the nearest double.
  ///
  /// - Throws: ``JSONError/numberOutOfRange`` when the nearest double is infinite.
  func value(in bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    if let integer = integer(in: bytes) { return .integer(integer) }
    guard let double = Double(String(utf8: bytes.extracting(start..<end))), double.isFinite else {
      throw .numberOutOfRange
    }
    return .double(double)
  }

  /// Returns the value of an integer literal that fits `Int64`; `nil` for any other number.
  func integer(in bytes: Span<UInt8>) -> Int64? {
    guard isInteger else { return nil }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    var value: Int64 = 0
    if !isNegative, end &- start <= 18 {
      for index in start..<end { value = value &* 10 &+ Int64(bytes[index] &- 0x30) }
      return value
    }
    for index in (isNegative ? start &+ 1 : start)..<end {
      let digit = Int64(bytes[index] &- 0x30)
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, exceeds) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflows || exceeds { return nil }
      value = sum
    }
    return value
  }

  /// Returns the value rounded down and rounded up; `nil` far beyond any date or lifetime.
  ///
  /// The result is exact for any number of digits. A double would first round 1.9999999999999999 up to 2.
  func bounds(in bytes: Span<UInt8>) -> (floor: Int64, ceiling: Int64)? {
    if let integer = integer(in: bytes) { return (integer, integer) }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    guard let (whole, hasFraction) = magnitude(in: bytes, from: isNegative ? start &+ 1 : start)
    else { return nil }
    let above = hasFraction ? whole &+ 1 : whole
    return isNegative ? (-above, -whole) : (whole, above)
  }

  /// Returns the value rounded down; `Int64.min` or `Int64.max` where ``bounds(in:)`` returns `nil`.
  func clampedFloor(in bytes: Span<UInt8>) -> Int64 {
    bounds(in: bytes)?.floor ?? (bytes[start] == UInt8(ascii: "-") ? .min : .max)
  }

  /// Returns the integer part of the magnitude, and whether it has a fraction other than zero.
  private func magnitude(in bytes: Span<UInt8>, from first: Int) -> (Int64, hasFraction: Bool)? {
    var significandEnd = first
    var point: Int?
    while significandEnd < end, bytes[significandEnd] | 0x20 != UInt8(ascii: "e") {
      if bytes[significandEnd] == UInt8(ascii: ".") { point = significandEnd }
      significandEnd &+= 1
    }
    let exponent = significandEnd < end ? exponent(in: bytes, from: significandEnd &+ 1) : 0
    var digitsBeforePoint = (point ?? significandEnd) &- first &+ exponent
    var whole: Int64 = 0
    var hasFraction = false
    for index in first..<significandEnd where index != point {
      let digit = Int64(bytes[index] &- 0x30)
      if digitsBeforePoint > 0 {
        whole = whole &* 10 &+ digit
        if whole > Self.maximumWhole { return nil }
      } else if digit != 0 {
        hasFraction = true
      }
      digitsBeforePoint &-= 1
    }
    while digitsBeforePoint > 0, whole > 0 {
      whole = whole &* 10
      if whole > Self.maximumWhole { return nil }
      digitsBeforePoint &-= 1
    }
    return (whole, hasFraction)
  }

  private func exponent(in bytes: Span<UInt8>, from first: Int) -> Int {
    let isNegative = bytes[first] == UInt8(ascii: "-")
    let hasSign = isNegative || bytes[first] == UInt8(ascii: "+")
    var value = 0
    for index in (hasSign ? first &+ 1 : first)..<end {
      value = Swift.min(value &* 10 &+ Int(bytes[index] &- 0x30), Self.maximumExponent)
    }
    return isNegative ? -value : value
  }

  /// 10^15: far beyond the year 9999 in seconds, and ten times as much still fits `Int64`.
  private static let maximumWhole: Int64 = 1_000_000_000_000_000

  /// More than the number of digits in any text, so a greater exponent changes nothing.
  private static let maximumExponent = 100_000_000
}

extension String {
  /// The value of a text of decimal digits, clamped to `Int64.max`; `nil` for any other text.
  var clampedDecimal: Int64? {
    guard !isEmpty, utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int64(self) ?? .max
  }
}

// MARK: - Reading

extension JSONReader {
  /// Reads a number and checks its syntax; its value is computed on demand.
  mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONError) -> JSONNumber {
    let start = position
    _ = skipIfPresent(UInt8(ascii: "-"), bytes)
    if !skipIfPresent(UInt8(ascii: "0"), bytes) { try skipDigits(bytes) }
    var isInteger = true
    if skipIfPresent(UInt8(ascii: "."), bytes) {
      isInteger = false
      try skipDigits(bytes)
    }
    if skipIfPresent(UInt8(ascii: "e"), bytes) || skipIfPresent(UInt8(ascii: "E"), bytes) {
      isInteger = false
      if !skipIfPresent(UInt8(ascii: "+"), bytes) { _ = skipIfPresent(UInt8(ascii: "-"), bytes) }
      try skipDigits(bytes)
    }
    return JSONNumber(start: start, end: position, isInteger: isInteger)
  }

  private mutating func skipDigits(_ bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    position = bytes.firstIndex(from: start) { $0.marksOfNonDigits }
    guard position > start else { throw .syntax }
  }
}
