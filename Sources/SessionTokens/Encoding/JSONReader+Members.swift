// Bodies that others write: JSON of RFC 8259, held to RFC 7493 only where a member is asked for.
//
//   taken     a byte order mark; in all other members whatever is JSON: names that appear twice at any
//             depth, lone surrogates, numbers of any size
//   refused   a member asked for that appears twice; bytes that aren't UTF-8; nesting deeper than 32
//
// Payloads and headers of tokens are never read this way.

extension JSONReader {
  /// Reads a text, which must be an object, and returns the members of the given names, in their order.
  ///
  /// A member that is `null` counts as absent.
  static func members(
    _ names: [String], of bytes: Span<UInt8>
  ) throws(JSONError) -> [JSONToken?] {
    var reader = JSONReader()
    reader.skipByteOrderMark(bytes)
    reader.skipWhitespace(bytes)
    try reader.expect(UInt8(ascii: "{"), bytes)
    var members = [JSONToken?](repeating: nil, count: names.count)
    reader.skipWhitespace(bytes)
    if !reader.consume(UInt8(ascii: "}"), bytes) {
      repeat {
        let name = try reader.skipMemberName(bytes)
        let value = try reader.skipValue(bytes)
        if let index = names.firstIndex(where: { name?.isEqual(to: $0, in: bytes) == true }) {
          guard members[index] == nil else { throw .duplicateName }
          members[index] = value
        }
      } while reader.consume(UInt8(ascii: ","), bytes)
      try reader.expect(UInt8(ascii: "}"), bytes)
    }
    try reader.end(bytes)
    return members.map { $0?.isNull(in: bytes) == true ? nil : $0 }
  }

  private mutating func skipByteOrderMark(_ bytes: Span<UInt8>) {
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
  }

  /// Steps over a name and the colon after it.
  private mutating func skipMemberName(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString? {
    skipWhitespace(bytes)
    let name = try skipString(bytes)
    skipWhitespace(bytes)
    try expect(UInt8(ascii: ":"), bytes)
    return name
  }

  /// Steps over the value of a member of the outermost object, and the white space around it.
  private mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONError) -> JSONToken {
    skipWhitespace(bytes)
    var value = JSONToken.other(start: position)
    var closingBrackets: [UInt8] = []
    repeat {
      skipWhitespace(bytes)
      guard position < bytes.count else { throw .syntax }
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard closingBrackets.count < Self.maximumDepth - 1 else { throw .tooDeep }
        // In ASCII either bracket closes two places after it opens.
        let bracket = bytes[position] &+ 2
        position &+= 1
        skipWhitespace(bytes)
        if !consume(bracket, bytes) {
          closingBrackets.append(bracket)
          if bracket == UInt8(ascii: "}") { _ = try skipMemberName(bytes) }
          continue
        }
      default:
        let scalar = try skipScalar(bytes)
        if closingBrackets.isEmpty { value = scalar }
      }
      skipWhitespace(bytes)
      while let bracket = closingBrackets.last, !consume(UInt8(ascii: ","), bytes) {
        try expect(bracket, bytes)
        closingBrackets.removeLast()
        skipWhitespace(bytes)
      }
      if closingBrackets.last == UInt8(ascii: "}") { _ = try skipMemberName(bytes) }
    } while !closingBrackets.isEmpty
    return value
  }

  private mutating func skipScalar(_ bytes: Span<UInt8>) throws(JSONError) -> JSONToken {
    let start = position
    switch bytes[position] {
    case UInt8(ascii: "\""):
      if let string = try skipString(bytes) { return .string(string) }
    case UInt8(ascii: "t"): try expect("true", bytes)
    case UInt8(ascii: "f"): try expect("false", bytes)
    case UInt8(ascii: "n"): try expect("null", bytes)
    default: return .number(try readNumber(bytes))
    }
    return .other(start: start)
  }
}
