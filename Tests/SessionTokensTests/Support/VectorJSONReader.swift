// SPDX-License-Identifier: Apache-2.0

/// Reads JSON that is known to be good, in UTF-16 units; it checks no more than it has to.
struct VectorJSONReader {
  private let units: [UInt16]
  private var index = 0

  init(_ text: String) {
    units = Array(text.utf16)
  }

  mutating func readText() throws -> VectorJSON {
    let value = try readValue()
    skipWhitespace()
    guard index == units.count else { throw VectorError(reason: "text after JSON at \(index)") }
    return value
  }

  private mutating func readValue() throws -> VectorJSON {
    skipWhitespace()
    switch try peek() {
    case "{":
      return .object(
        try readElements(closedBy: "}") { reader throws in
          let name = try reader.readString()
          reader.skipWhitespace()
          try reader.expect(":")
          return (name, try reader.readValue())
        })
    case "[":
      return .array(try readElements(closedBy: "]") { reader throws in try reader.readValue() })
    case "\"":
      return .string(try readString())
    default:
      let word = readWord()
      switch word {
      case "null": return .null
      case "true": return .bool(true)
      case "false": return .bool(false)
      case _ where Double(word) != nil: return .number(word)
      default: throw VectorError(reason: "no JSON value at \(index): \(word)")
      }
    }
  }

  private mutating func readElements<Element>(
    closedBy end: Unicode.Scalar, _ readElement: (inout Self) throws -> Element
  ) throws -> [Element] {
    var elements: [Element] = []
    index += 1
    skipWhitespace()
    while try peek() != end {
      if !elements.isEmpty { try expect(",") }
      skipWhitespace()
      elements.append(try readElement(&self))
      skipWhitespace()
    }
    index += 1
    return elements
  }

  private mutating func readString() throws -> String {
    var text: [UInt16] = []
    try expect("\"")
    while try peek() != "\"" {
      if try peek() == "\\" {
        index += 1
        text.append(try readEscape())
      } else {
        text.append(units[index])
        index += 1
      }
    }
    index += 1
    return String(decoding: text, as: UTF16.self)
  }

  private mutating func readEscape() throws -> UInt16 {
    let escape = try peek()
    index += 1
    switch escape {
    case "b": return 0x08
    case "f": return 0x0c
    case "n": return 0x0a
    case "r": return 0x0d
    case "t": return 0x09
    case "u":
      let digits = String(decoding: units.dropFirst(index).prefix(4), as: UTF16.self)
      guard let unit = UInt16(digits, radix: 16) else {
        throw VectorError(reason: "no escape at \(index): \(digits)")
      }
      index += 4
      return unit
    default: return UInt16(truncatingIfNeeded: escape.value)
    }
  }

  private mutating func readWord() -> String {
    let word = units[index...].prefix { !" \t\r\n,]}".utf16.contains($0) }
    index += word.count
    return String(decoding: word, as: UTF16.self)
  }

  private mutating func skipWhitespace() {
    index += units[index...].prefix { " \t\r\n".utf16.contains($0) }.count
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard try peek() == scalar else { throw VectorError(reason: "no \(scalar) at \(index)") }
    index += 1
  }

  /// The unit here as a scalar; half a surrogate pair isn't one that JSON's grammar names.
  private func peek() throws -> Unicode.Scalar {
    guard index < units.count else { throw VectorError(reason: "JSON ends at \(index)") }
    return Unicode.Scalar(units[index]) ?? "\u{fffd}"
  }
}
