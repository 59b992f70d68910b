// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension JSONText {
  /// The members of the object that the text is: each name with the events of its value; `nil` when
  /// the text is another value or none.
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

  /// The value of a member of the object that the text is.
  subscript(name: String) -> [Event]? {
    members?.first { $0.name.elementsEqual(name.utf8) }?.value
  }

  /// The string that a member of the object is.
  func string(_ name: String) -> [UInt8]? {
    guard let value = self[name], value.count == 1, case .string(let bytes) = value[0] else {
      return nil
    }
    return bytes
  }

  /// The integer that a member of the object is.
  func integer(_ name: String) -> Int64? {
    guard let value = self[name], value.count == 1, case .integer(let integer) = value[0] else {
      return nil
    }
    return integer
  }

  /// The number that a member of the object is, as a double.
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
  /// The value as the oracle tells it.
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
  /// The members as the oracle tells them.
  var events: [JSONText.Event] {
    flatMap { [.name(Array($0.name.utf8))] + $0.value.events }
  }
}
