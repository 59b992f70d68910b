// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Members in their order, named by bytes.
@Suite struct JSONObjectTests {
  private let composed = "\u{e9}"
  private let decomposed = "e\u{301}"

  @Test func `members keep their order and are found by position and name`() {
    let object: JSONObject = ["z": 1, "a": 2, "m": nil]
    #expect(object.map(\.name) == ["z", "a", "m"])
    #expect(object.count == 3 && object.startIndex == 0 && object.endIndex == 3)
    #expect(object[1].name == "a" && object[1].value == 2)
    #expect(object["a"] == 2)
    #expect(object["m"] == .some(.null))
    #expect(object["A"] == nil)
    #expect(JSONObject().isEmpty)
  }

  @Test func `setting replaces a member in place, appends a new one, and removes one with nil`() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = .null
    #expect(object == ["a": 3, "b": 2, "c": nil])
    object["a"] = nil
    object["x"] = nil
    #expect(object == ["b": 2, "c": nil])
    object["a"] = 1
    #expect(object.map(\.name) == ["b", "c", "a"])
  }

  @Test func `a literal keeps a repeated name, reading finds the first, nil removes all`() {
    var object: JSONObject = ["a": 1, "b": 2, "a": 3]
    #expect(object.count == 3)
    #expect(object["a"] == 1)
    object["a"] = 4
    #expect(object == ["a": 4, "b": 2, "a": 3])
    object["a"] = nil
    #expect(object == ["b": 2])
  }

  @Test func `a sequence gives the same object as a literal, with repeated names`() {
    let members: [(String, JSONValue)] = [("z", 1), ("a", nil), ("z", 2)]
    #expect(JSONObject(members) == ["z": 1, "a": nil, "z": 2])
    #expect(JSONObject(members.lazy.map { $0 }) == JSONObject(members))
    let counted = zip(["a", "b"], (1...).lazy.map { JSONValue.integer($0) })
    #expect(JSONObject(counted.map { $0 }) == ["a": 1, "b": 2])
    #expect(JSONObject([] as [(String, JSONValue)]).isEmpty)
  }

  @Test func `canonically equivalent names are distinct`() {
    var object = JSONObject()
    object[composed] = 1
    object[decomposed] = 2
    #expect(object.count == 2)
    #expect(object[composed] == 1 && object[decomposed] == 2)
    object[composed] = nil
    #expect(object.count == 1 && object[decomposed] == 2)
  }

  @Test func `objects are equal when they have the same members in the same order`() {
    let object: JSONObject = ["a": 1, "b": 2]
    #expect(object == ["a": 1, "b": 2])
    #expect(object != ["b": 2, "a": 1])
    #expect(object != ["a": 1])
    #expect(object != ["a": 1, "b": 3])
    #expect(object != ["a": 1, "c": 2])
    #expect(([composed: 1] as JSONObject) != [decomposed: 1])
  }

  @Test(arguments: 0..<UInt64(8))
  func `random settings have the same result as on a list of pairs`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var object = JSONObject()
    var model: [(String, Int64)] = []
    for step in 0..<200 {
      let name = "\(generator.below(12))"
      let index = model.firstIndex { $0.0 == name }
      switch (generator.below(3), index) {
      case (0, let index):
        object[name] = nil
        if let index { model.remove(at: index) }
      case (_, let index?):
        object[name] = .integer(Int64(step))
        model[index].1 = Int64(step)
      case (_, nil):
        object[name] = .integer(Int64(step))
        model.append((name, Int64(step)))
      }
      #expect(object.map(\.name) == model.map(\.0))
      #expect(object.map(\.value) == model.map { .integer($0.1) })
    }
  }
}
