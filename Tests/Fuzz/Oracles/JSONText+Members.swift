// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension JSONText {
  /// The members of the text as an object: each name with the events of its value; `nil` if the
  /// text is another value or none.
  var members: [(name: [UInt8], value: [Event])]? {
    guard isWellFormed, events.first == .beginObject else { return nil }
    var members: [(name: [UInt8], value: [Event])] = []
    var openCount = 0
    for event in events {
      switch event {
      case .beginObject, .beginArray: openCount += 1
      case .endObject, .endArray: openCount -= 1
      case .name, .string, .integer, .double, .bool, .null: break
      }
      if case .name(let name) = event, openCount == 1 {
        members.append((name, []))
      } else if !members.isEmpty, openCount > 0 {
        members[members.count - 1].value.append(event)
      }
    }
    return members
  }

  /// The value of a member of the text as an object.
  subscript(name: String) -> [Event]? {
    members?.first { $0.name.elementsEqual(name.utf8) }?.value
  }

  /// The value of a member, if it is a string.
  func string(_ name: String) -> [UInt8]? {
    guard let value = self[name], value.count == 1, case .string(let bytes) = value[0] else {
      return nil
    }
    return bytes
  }

  /// The value of a member, if it is an integer.
  func integer(_ name: String) -> Int64? {
    guard let value = self[name], value.count == 1, case .integer(let integer) = value[0] else {
      return nil
    }
    return integer
  }

  /// The value of a member as a double, if it is a number.
  func number(_ name: String) -> Double? {
    guard let value = self[name], value.count == 1 else { return nil }
    switch value[0] {
    case .integer(let integer): return Double(integer)
    case .double(let bits): return Double(bitPattern: bits)
    case .beginObject, .endObject, .beginArray, .endArray, .name, .string, .bool, .null: return nil
    }
  }
}

extension JSONValue {
  /// The value in the oracle's form.
  var events: [JSONText.Event] {
    switch self {
    case .null: [.null]
    case .bool(let value): [.bool(value)]
    case .integer(let value): [.integer(value)]
    case .double(let value): [.double(value.bitPattern)]
    case .string(let value): [.string(Array(value.utf8))]
    case .array(let elements): [.beginArray] + elements.flatMap(\.events) + [.endArray]
    case .object(let members): [.beginObject] + members.events + [.endObject]
    }
  }
}

extension JSONObject {
  /// The members in the oracle's form.
  var events: [JSONText.Event] {
    flatMap { [.name(Array($0.name.utf8))] + $0.value.events }
  }
}
