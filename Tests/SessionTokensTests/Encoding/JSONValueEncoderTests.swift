import Testing

@testable import SessionTokens

/// `Encodable` to `JSONValue`: members in the order written, whichever container wrote them.
@Suite struct JSONValueEncoderTests {
  private enum Key: String, CodingKey { case z, a, m, n, list }

  /// Uses every way in which a type may encode itself.
  private struct ByHand: Encodable {
    func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: Key.self)
      try members.encode(1, forKey: .z)
      try members.encodeNil(forKey: .a)
      var nested = members.nestedContainer(keyedBy: Key.self, forKey: .m)
      try nested.encode("deep", forKey: .n)
      var list = members.nestedUnkeyedContainer(forKey: .list)
      try list.encode(true)
      try list.encodeNil()
      var inner = list.nestedUnkeyedContainer()
      try inner.encode(2.5)
      var object = list.nestedContainer(keyedBy: Key.self)
      try object.encode([Int](), forKey: .z)
      try "last".encode(to: list.superEncoder())
      try 7.encode(to: members.superEncoder())
      try 8.encode(to: members.superEncoder(forKey: .n))
    }
  }

  @Test func `all containers write into one tree, in order`() throws {
    #expect(
      try JSONValueEncoder.encode(ByHand())
        == [
          "z": 1, "a": nil, "m": ["n": "deep"],
          "list": [true, nil, [2.5], ["z": []], "last"], "super": 7, "n": 8,
        ])
  }

  private struct Numbers: Codable, Equatable {
    var i8 = Int8.min
    var i16 = Int16.min
    var i32 = Int32.min
    var i64 = Int64.min
    var int = -1
    var u8 = UInt8.max
    var u16 = UInt16.max
    var u32 = UInt32.max
    var u64 = UInt64(Int64.max)
    var uint = 1 as UInt
    var float = 0.5 as Float
    var double = -0.1
  }

  @Test func `every kind of number encodes as itself and decodes to itself`() throws {
    let value = try JSONValueEncoder.encode(Numbers())
    #expect(
      value
        == [
          "i8": -128, "i16": -32_768, "i32": -2_147_483_648, "i64": .integer(.min), "int": -1,
          "u8": 255, "u16": 65_535, "u32": 4_294_967_295, "u64": .integer(.max), "uint": 1,
          "float": 0.5, "double": -0.1,
        ])
    #expect(try JSONValueDecoder.decode(Numbers.self, from: value) == Numbers())
  }

  @Test func `an integer beyond 64 bits with a sign is refused, and where it stands is told`() {
    let error = #expect(throws: EncodingError.self) {
      try JSONValueEncoder.encode(["a": [0, UInt64(1) << 63]])
    }
    guard case .invalidValue(let value, let context)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(value as? UInt64 == 1 << 63)
    #expect(context.codingPath.map(\.stringValue) == ["a", "1"])
  }

  @Test func `scalars, arrays and nothing at all have their values`() throws {
    struct Nothing: Encodable {
      func encode(to encoder: any Encoder) {}
    }
    #expect(try JSONValueEncoder.encode("s") == "s")
    #expect(try JSONValueEncoder.encode(Int?.none) == nil)
    #expect(try JSONValueEncoder.encode([Int]()) == [])
    #expect(try JSONValueEncoder.encode([[1], []]) == [[1], []])
    #expect(try JSONValueEncoder.encode([String: Int]()) == [:])
    #expect(try JSONValueEncoder.encode(Nothing()) == [:])
    #expect(try JSONValueEncoder.encode([nil, 1]) == [nil, 1])
  }

  @Test(arguments: 0..<UInt64(8))
  func `a JSON value encodes and decodes as itself`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let value = generator.json()
    #expect(try JSONValueEncoder.encode(value) == value)
    #expect(try JSONValueDecoder.decode(JSONValue.self, from: value) == value)
    #expect(try JSONValueEncoder.encode([value]) == [value])
    #expect(try JSONValueDecoder.decode([JSONValue].self, from: [value]) == [value])
  }

  @Test func `what a value throws while it encodes comes through`() {
    struct Failing: Encodable {
      func encode(to encoder: any Encoder) throws { throw JSONError.tooDeep }
    }
    #expect(throws: JSONError.tooDeep) { try JSONValueEncoder.encode([Failing()]) }
  }
}
