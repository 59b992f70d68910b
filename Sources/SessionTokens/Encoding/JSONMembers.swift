// SPDX-License-Identifier: Apache-2.0

// Lookup of members by name, in the body of another server and in this package's own stored form.
//
// Another server's body is JSON of RFC 8259. The restrictions of RFC 7493 apply only to requested members:
//
//   accepted  a byte order mark; any JSON in the members that aren't requested: duplicate names at any depth,
//             lone surrogates, numbers of any size
//   refused   a requested member that appears twice; bytes that aren't UTF-8; more than 32 levels of nesting
//
// A token's header and payload are never read this way.

/// The requested members of an object, by name; a member that is `null` counts as absent.
struct JSONMembers {
  private var members: [JSONMember]

  private init(names: [String]) { members = names.map { JSONMember(name: $0) } }

  /// The member with the given name.
  subscript(name: String) -> JSONMember {
    members.first { $0.name.hasSameBytes(as: name) } ?? JSONMember(name: name)
  }

  /// Reads an object that another server wrote, and finds the members with the given names.
  init(_ names: [String], ofForeign text: Span<UInt8>) throws(JSONError) {
    self.init(names: names)
    var reader = JSONReader()
    reader.skipByteOrderMark(text)
    reader.skipWhitespace(text)
    try reader.expect(UInt8(ascii: "{"), text)
    reader.skipWhitespace(text)
    if !reader.skipIfPresent(UInt8(ascii: "}"), text) {
      repeat {
        let name = try reader.skipMemberName(text)
        let value = try reader.skipValue(text)
        if let name, let index = index(of: name, in: text) {
          guard members[index].value == nil else { throw .duplicateName }
          members[index].value = value
        }
      } while reader.skipIfPresent(UInt8(ascii: ","), text)
      try reader.expect(UInt8(ascii: "}"), text)
    }
    try reader.expectEnd(text)
    removeNulls(in: text)
  }

  /// Reads an object strictly; it may have only members with the given names.
  init(_ names: [String], of text: Span<UInt8>) throws(JSONError) {
    self.init(names: names)
    var reader = JSONReader()
    var allAreKnown = true
    try reader.beginObject(text)
    while let name = try reader.nextName(text) {
      let value = try reader.nextSlice(text)
      if let index = index(of: name, in: text) {
        members[index].value = value
      } else {
        allAreKnown = false
      }
    }
    try reader.expectEnd(text)
    guard allAreKnown else { throw .syntax }
    removeNulls(in: text)
  }

  private mutating func removeNulls(in text: Span<UInt8>) {
    for index in members.indices where members[index].value?.isNull(in: text) == true {
      members[index].value = nil
    }
  }

  private func index(of name: JSONString, in text: Span<UInt8>) -> Int? {
    members.firstIndex { name.isEqual(to: $0.name, in: text) }
  }
}

// MARK: - Skipping

extension JSONReader {
  fileprivate mutating func skipByteOrderMark(_ bytes: Span<UInt8>) {
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
  }

  /// Skips a name and the colon after it; returns `nil` for a name with a lone surrogate.
  fileprivate mutating func skipMemberName(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString? {
    skipWhitespace(bytes)
    let name = try skipString(bytes)
    skipWhitespace(bytes)
    try expect(UInt8(ascii: ":"), bytes)
    return name
  }

  /// Skips the value of a member of the outermost object; returns its slice.
  fileprivate mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONError) -> JSONSlice {
    skipWhitespace(bytes)
    var value = JSONSlice.other(start: position)
    var closingBrackets: [UInt8] = []
    repeat {
      skipWhitespace(bytes)
      guard position < bytes.count else { throw .syntax }
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard closingBrackets.count < Self.maximumDepth - 1 else { throw .tooDeep }
        // In ASCII, a closing bracket is its opening bracket plus two.
        let bracket = bytes[position] &+ 2
        position &+= 1
        skipWhitespace(bytes)
        if !skipIfPresent(bracket, bytes) {
          closingBrackets.append(bracket)
          if bracket == UInt8(ascii: "}") { _ = try skipMemberName(bytes) }
          continue
        }
      default:
        let scalar = try skipScalar(bytes)
        if closingBrackets.isEmpty { value = scalar }
      }
      skipWhitespace(bytes)
      while let bracket = closingBrackets.last, !skipIfPresent(UInt8(ascii: ","), bytes) {
        try expect(bracket, bytes)
        closingBrackets.removeLast()
        skipWhitespace(bytes)
      }
      if closingBrackets.last == UInt8(ascii: "}") { _ = try skipMemberName(bytes) }
    } while !closingBrackets.isEmpty
    return value
  }

  private mutating func skipScalar(_ bytes: Span<UInt8>) throws(JSONError) -> JSONSlice {
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
