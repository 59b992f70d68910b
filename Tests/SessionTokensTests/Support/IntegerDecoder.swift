// SPDX-License-Identifier: Apache-2.0

/// A decoder of one 64-bit integer and no other kind, as in the drivers of some databases.
struct IntegerDecoder: Decoder, SingleValueDecodingContainer {
  let value: Int64
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch }
  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw mismatch
  }

  func decodeNil() -> Bool { false }
  func decode(_ type: Int64.Type) -> Int64 { value }
  func decode(_ type: Bool.Type) throws -> Bool { throw mismatch }
  func decode(_ type: String.Type) throws -> String { throw mismatch }
  func decode(_ type: Double.Type) throws -> Double { throw mismatch }
  func decode(_ type: Float.Type) throws -> Float { throw mismatch }
  func decode(_ type: Int.Type) throws -> Int { throw mismatch }
  func decode(_ type: Int8.Type) throws -> Int8 { throw mismatch }
  func decode(_ type: Int16.Type) throws -> Int16 { throw mismatch }
  func decode(_ type: Int32.Type) throws -> Int32 { throw mismatch }
  func decode(_ type: UInt.Type) throws -> UInt { throw mismatch }
  func decode(_ type: UInt8.Type) throws -> UInt8 { throw mismatch }
  func decode(_ type: UInt16.Type) throws -> UInt16 { throw mismatch }
  func decode(_ type: UInt32.Type) throws -> UInt32 { throw mismatch }
  func decode(_ type: UInt64.Type) throws -> UInt64 { throw mismatch }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

  private var mismatch: DecodingError {
    .typeMismatch(Int64.self, .init(codingPath: [], debugDescription: "only an integer"))
  }
}
