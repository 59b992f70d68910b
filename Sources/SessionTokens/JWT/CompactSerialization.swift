// JWS Compact Serialization, RFC 7515 §7.1.
//
//   BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)
//
// Shape: sizes first, then the two full stops, by bytes, and that there is no third; nothing is
// decoded here.

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
    let first = text.firstIndex(of: stop, from: 0)
    let second = text.firstIndex(of: stop, from: min(first &+ 1, text.count))
    guard second < text.count, text.firstIndex(of: stop, from: second &+ 1) == text.count else {
      throw .malformed(.parts)
    }
    guard first <= Self.maximumHeaderByteCount else { throw .malformed(.tooLarge) }
    header = 0..<first
    payload = (first &+ 1)..<second
    signature = (second &+ 1)..<text.count
  }

  /// The size of a token whose encoded header and raw payload have these sizes.
  static func byteCount(headerByteCount: Int, payloadByteCount: Int) -> Int {
    headerByteCount + 1 + Base64URL.encodedCount(payloadByteCount) + 1 + signatureDigitCount
  }
}
