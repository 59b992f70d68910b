import Testing

@testable import SessionTokens

/// `JSONValue` to `Decodable`: kinds are exact, and an error says where it stands.
@Suite struct JSONValueDecoderTests {
  private enum Key: String, CodingKey { case z, a, m, n, list }

  /// Uses every way in which a type may decode itself.
  private struct ByHand: Decodable {
    var parts: [String] = []

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      parts.append(members.allKeys.map(\.stringValue).joined(separator: ","))
      parts.append("\(members.contains(.z)) \(members.contains(.n))")
      parts.append("\(try members.decodeNil(forKey: .a)) \(try members.decodeNil(forKey: .z))")
      let nested = try members.nestedContainer(keyedBy: Key.self, forKey: .m)
      parts.append(try nested.decode(String.self, forKey: .n))
      var list = try members.nestedUnkeyedContainer(forKey: .list)
      parts.append("\(list.count ?? -1)")
      parts.append("\(try list.decodeNil()) \(try list.decode(Bool.self)) \(try list.decodeNil())")
      var inner = try list.nestedUnkeyedContainer()
      parts.append("\(try inner.decode(Double.self)) \(inner.isAtEnd)")
      let object = try list.nestedContainer(keyedBy: Key.self)
      parts.append("\(try object.decode([Int].self, forKey: .z))")
      parts.append("\(try String(from: list.superDecoder())) \(list.isAtEnd) \(list.currentIndex)")
      parts.append("\(try Int(from: members.superDecoder()))")
      parts.append("\(try Int(from: members.superDecoder(forKey: .z)))")
    }
  }

  @Test func `all containers read from one tree`() throws {
    let value: JSONValue = [
      "z": 1, "a": nil, "other": 0, "m": ["n": "deep"],
      "list": [true, nil, [2.5], ["z": []], "last"], "super": 7,
    ]
    #expect(
      try JSONValueDecoder.decode(ByHand.self, from: value).parts == [
        "z,a,m,list", "true false", "true false", "deep", "5", "false true true", "2.5 true", "[]",
        "last true 5", "7", "1",
      ])
  }

  @Test func `numbers decode where they are exact`() throws {
    #expect(try JSONValueDecoder.decode(Int.self, from: 2.0) == 2)
    #expect(try JSONValueDecoder.decode(Double.self, from: 2) == 2)
    #expect(try JSONValueDecoder.decode(Float.self, from: 2) == 2)
    #expect(try JSONValueDecoder.decode(Int.self, from: .double(0x1p53 - 1)) == 1 << 53 - 1)
    #expect(try JSONValueDecoder.decode(Int.self, from: .double(1 - 0x1p53)) == 1 - 1 << 53)
    #expect(try JSONValueDecoder.decode(Float.self, from: .double(-0x1p127)) == -0x1p127)
    #expect(try JSONValueDecoder.decode(Float.self, from: .double(.infinity)) == .infinity)
    #expect(try JSONValueDecoder.decode(Int?.self, from: nil) == nil)
  }

  @Test func `a number that does not fit its type is a mismatch`() {
    expectMismatch(Int8.self, 128)
    expectMismatch(UInt8.self, -1)
    expectMismatch(UInt.self, -1)
    expectMismatch(Int32.self, .integer(.max))
    expectMismatch(Int64.self, .double(0x1p63))
    expectMismatch(UInt64.self, .double(0x1p63))
    expectMismatch(Int64.self, .double(0x1p53))
    expectMismatch(Int64.self, .double(-0x1p53))
    expectMismatch(Float.self, .double(0x1p128))
    expectMismatch(Float.self, .double(-1e39))
    expectMismatch(Int.self, 1.5)
    expectMismatch(Int.self, .double(.infinity))
  }

  @Test func `a value of another kind is a mismatch`() {
    expectMismatch(Bool.self, 1)
    expectMismatch(Bool.self, "true")
    expectMismatch(Int.self, "1")
    expectMismatch(Int.self, true)
    expectMismatch(Int.self, nil)
    expectMismatch(Double.self, "1")
    expectMismatch(Double.self, true)
    expectMismatch(Double.self, nil)
    expectMismatch(String.self, 1)
    expectMismatch(String.self, nil)
    expectMismatch([Int].self, [:])
    expectMismatch([Int].self, 1)
    expectMismatch([String: Int].self, [1])
    expectMismatch([String: Int].self, "a")
  }

  private func expectMismatch<Value: Decodable>(
    _ type: Value.Type, _ value: JSONValue, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DecodingError.self, sourceLocation: sourceLocation) {
      try JSONValueDecoder.decode(type, from: value)
    }
    guard case .typeMismatch? = error else {
      Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
      return
    }
  }

  @Test func `an array that has ended has no further element`() {
    struct Greedy: Decodable {
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        _ = try list.decode(Int.self)
        _ = try list.decode(Int.self)
      }
    }
    let error = #expect(throws: DecodingError.self) {
      try JSONValueDecoder.decode(Greedy.self, from: [1])
    }
    guard case .valueNotFound(_, let context)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.codingPath.map(\.stringValue) == ["1"])
    #expect(context.codingPath.map(\.intValue) == [1])
  }

  @Test func `an element that fails to decode is not passed over`() throws {
    struct Either: Decodable {
      let text: String

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        let number = try? list.decode(Int.self)
        text = try "\(String(describing: number)) \(list.decode(String.self)) \(list.isAtEnd)"
      }
    }
    #expect(try JSONValueDecoder.decode(Either.self, from: ["s"]).text == "nil s true")
  }

  @Test func `of a repeated name the first is read, and names differ by bytes`() throws {
    let repeated: JSONValue = ["z": 1, "z": 2]
    #expect(try JSONValueDecoder.decode([String: Int].self, from: repeated) == ["z": 1])
    struct Accent: Decodable {
      enum CodingKeys: String, CodingKey { case cafe = "caf\u{e9}" }
      let cafe: Int?
    }
    #expect(try JSONValueDecoder.decode(Accent.self, from: ["cafe\u{301}": 1]).cafe == nil)
    #expect(try JSONValueDecoder.decode(Accent.self, from: ["caf\u{e9}": 1]).cafe == 1)
  }
}
