// SPDX-License-Identifier: Apache-2.0

// Lookup of members by name, in a server's response and in the stored session.
//
// A response from any server is JSON of RFC 8259. The restrictions of RFC 7493 apply only to requested
// members:
//
//   accepted  a byte order mark; any JSON in the members that aren't requested: duplicate names at any depth,
//             lone surrogates, numbers of any size
//   refused   a requested member that appears twice; bytes that aren't UTF-8; more than 32 levels of nesting
//
// A token's header and payload are never read this way.

/// The requested members of an object, by name; a member that is `null` counts as absent.
struct JSONMembers {
  private var members: [JSONMember]

  /// Finds the members with the given names in an object.
  ///
  /// An object that isn't foreign is read strictly, and may have no other members.
  init(_ names: [String], of text: Span<UInt8>, isForeign: Bool) throws(JSONError) {
    members = names.map { JSONMember(name: $0) }
    var reader = JSONReader()
    reader.isForeign = isForeign
    if isForeign, text.count >= 3, text[0] == 0xef, text[1] == 0xbb, text[2] == 0xbf {
      reader.position = 3
    }
    var allAreRequested = true
    try reader.beginObject(text)
    while let name = try reader.nextName(text) {
      let value = try reader.nextSlice(text)
      if let index = members.firstIndex(where: { name.isEqual(to: $0.name, in: text) }) {
        if isForeign, members[index].value != nil { throw .duplicateName }
        members[index].value = value
      } else {
        allAreRequested = false
      }
    }
    try reader.expectEnd(text)
    guard isForeign || allAreRequested else { throw .syntax }
    for index in members.indices where members[index].value?.isNull(in: text) == true {
      members[index].value = nil
    }
  }

  /// The member with the given name.
  subscript(name: String) -> JSONMember {
    members.first { $0.name.hasSameBytes(as: name) } ?? JSONMember(name: name)
  }
}

/// A member that was searched for in an object: its name, and its value as a slice.
struct JSONMember {
  let name: String
  /// `nil` when the object has no such member.
  var value: JSONSlice?
}
