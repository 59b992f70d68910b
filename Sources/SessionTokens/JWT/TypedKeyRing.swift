// Tokens of one type under one ring. Every token of a key and type has the same encoded header: it
// is made once, and on verification compared as bytes before anything is decoded. Another spelling
// of the header is read in full and then judged alike. The key is told how its signing inputs begin:
// with the header, a full stop, and the first digits of a payload whose first claim is `iss`.

/// A ring that signs and authenticates tokens of one type.
struct TypedKeyRing: Sendable {
  private let ring: KeyRing
  private let type: String
  private let keys: [SigningKey]
  private let headers: [[UInt8]]

  init(_ ring: KeyRing, type: String) {
    self.ring = ring
    self.type = type
    headers = ring.keys.map { JOSEHeader.withEncoded(type: type, keyID: $0.id) { $0.array } }
    keys = zip(ring.keys, headers).map { key, header in
      (header + Self.payloadStart.utf8).withSpan { key.expecting($0) }
    }
  }

  /// A full stop, and the ten digits that stand for `{"iss":` and no more.
  static let payloadStart = ".eyJpc3MiOi"

  /// The size of the encoded header of the tokens that the ring signs.
  var headerByteCount: Int { headers[0].count }

  /// Makes a token under the active key.
  func sign(payload: Span<UInt8>) -> String {
    headers[0].withSpan { keys[0].sign(header: $0, payload: payload) }
  }

  /// Demands a token of the type whose signature is that of the key it names.
  func authenticate(_ text: Span<UInt8>) throws(TokenError) -> CompactSerialization {
    let parts = try CompactSerialization(text)
    try key(for: text.extracting(parts.header)).authenticate(text, parts)
    return parts
  }

  private func key(for encodedHeader: Span<UInt8>) throws(TokenError) -> SigningKey {
    for index in headers.indices
    where headers[index].withSpan({ $0.hasSameBytes(as: encodedHeader) }) {
      return keys[index]
    }
    let header = try JOSEHeader(encoded: encodedHeader)
    try header.requireHS256()
    try JWT.ExpectedType.exactly(type).check(header.type)
    guard let key = ring.key(for: header.keyID) else { throw .unknownKey }
    return key
  }
}
