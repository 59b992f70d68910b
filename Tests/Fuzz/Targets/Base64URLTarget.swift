// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as text to decode, and as bytes to encode.
func fuzzBase64URL(_ bytes: [UInt8]) {
  let decoded = Base64URL.decode(bytes)
  require(decoded == ReferenceBase64.decode(bytes), "two decoders agree")
  if let decoded {
    require(
      Base64URL.encode(decoded).utf8.elementsEqual(bytes), "what is accepted encodes to the same")
  }
  let text = Base64URL.encode(bytes)
  require(text.utf8.count == Base64URL.encodedCount(bytes.count), "the encoded size is known")
  require(ReferenceBase64.decode(text.utf8) == bytes, "what is encoded decodes elsewhere")
  require(Base64URL.decode(text.utf8) == bytes, "what is encoded decodes to the same")
  // Bytes that aren't contiguous are copied first: a few inputs are enough.
  if bytes.count % 16 == 3 {
    require(Base64URL.decode(bytes.lazy.map { $0 }) == decoded, "contiguous or not, the same")
  }
}
