// JWS Compact Serialization, RFC 7515 §7.1.
//
//   BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)
//
// Shape: sizes first, then the two full stops, by bytes; nothing is decoded here. The first stop is
// looked for from the front and the last from the back; between them there must be no other.

/// Where the three parts of a token stand.
struct CompactSerialization {
  /// The most bytes a token may have: 16 KiB.
  static let maximumByteCount = 16_384

  /// The most bytes an encoded header may have: 1 KiB.
  static let maximumHeaderByteCount = 1_024

  /// The digits of a 32-byte signature.
  static let signatureDigitCount = 43

  let header: Range<Int>
  let payload: Range<Int>
  let signature: Range<Int>

  /// What the signature is computed over, RFC 7515 §5.1 step 5.
  var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

  /// Finds the parts.
  init(_ text: Span<UInt8>) throws(TokenError) {
    guard text.count <= Self.maximumByteCount else { throw .malformed(.tooLarge) }
    let stop = UInt8(ascii: ".")
    var first = 0
    while first < text.count, text[first] != stop { first &+= 1 }
    var last = text.count &- 1
    while last > first, text[last] != stop { last &-= 1 }
    guard first < last, !text.extracting((first &+ 1)..<last).contains(stop) else {
      throw .malformed(.parts)
    }
    guard first <= Self.maximumHeaderByteCount else { throw .malformed(.tooLarge) }
    header = 0..<first
    payload = (first &+ 1)..<last
    signature = (last &+ 1)..<text.count
  }

  /// The size of a token whose encoded header and raw payload have these sizes.
  static func byteCount(headerByteCount: Int, payloadByteCount: Int) -> Int {
    headerByteCount + 1 + Base64URL.encodedCount(payloadByteCount) + 1 + signatureDigitCount
  }
}
