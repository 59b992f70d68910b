// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object in their order; names compare by their bytes.
///
/// An object that is created with a name twice keeps both members; using it as claims throws
/// ``ClaimsError/duplicateName(_:)``. Lookup by name finds the first member. Two objects are equal when they
/// have the same members in the same order.
public struct JSONObject: Sendable {
  private var members: [(String, JSONValue)]

  /// Creates an object without members.
  public init() { members = [] }

  /// Creates an object from members in their order; a name that appears twice is kept twice.
  public init(_ members: some Sequence<(String, JSONValue)>) { self.members = Array(members) }

  /// The value of the first member with the given name, in time linear in the number of members.
  ///
  /// Setting a value replaces the first member's value in place, or appends a member. Setting `nil` removes
  /// every member with the name. To store a JSON `null`, assign ``JSONValue/null``.
  public subscript(name: String) -> JSONValue? {
    get {
      members.first { $0.0.hasSameBytes(as: name) }?.1
    }
    set {
      guard let newValue else {
        members.removeAll { $0.0.hasSameBytes(as: name) }
        return
      }
      if let index = members.firstIndex(where: { $0.0.hasSameBytes(as: name) }) {
        members[index].1 = newValue
      } else {
        members.append((name, newValue))
      }
    }
  }

  /// Appends a member, even if the name is present already; appends nothing for a `nil` value.
  mutating func append(_ name: String, _ value: JSONValue?) {
    guard let value else { return }
    if members.isEmpty { members.reserveCapacity(4) }
    members.append((name, value))
  }

  /// A name that appears twice; `nil` if there is none.
  var duplicateName: String? {
    // Up to this many names, comparing all pairs takes less time than a set, and no memory.
    guard count <= 16 else {
      var names = Set<[UInt8]>(minimumCapacity: count)
      return first { !names.insert(Array($0.name.utf8)).inserted }?.name
    }
    for index in indices {
      let name = self[index].name
      for earlier in 0..<index where self[earlier].name.hasSameBytes(as: name) { return name }
    }
    return nil
  }
}

extension JSONObject: RandomAccessCollection {
  /// The position of the first member: 0.
  public var startIndex: Int { 0 }

  /// The number of members.
  public var endIndex: Int { members.count }

  /// The member at a position in `0 ..< count`.
  public subscript(position: Int) -> (name: String, value: JSONValue) { members[position] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Creates an object from a literal, with the members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Equatable {
  /// Returns true when both have the same members in the same order; names compare by their bytes.
  public static func == (a: JSONObject, b: JSONObject) -> Bool {
    a.members.elementsEqual(b.members) { $0.0.hasSameBytes(as: $1.0) && $0.1 == $1.1 }
  }
}
