// SPDX-License-Identifier: Apache-2.0

#if !$Embedded
  extension Decoder {
    /// Decodes a string and converts it; the error of a failed conversion doesn't quote the string.
    func decodeText<Value>(_ convert: (String) -> Value?) throws -> Value {
      let container = try singleValueContainer()
      guard let value = convert(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not the text of a \(Value.self)")
      }
      return value
    }
  }
#endif
