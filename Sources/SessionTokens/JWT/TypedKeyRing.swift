// Tokens of one type under one ring. Every token of a key and type has the same encoded header: it
// is made once, and on verification compared as bytes before anything is decoded. Another spelling
// of the header is read in full and then judged alike. The key is told how its signing inputs begin:
// with the header, a full stop, and the first digits of a payload whose first claim is `iss`.

/// A ring that signs and authenticates tokens of one type.
struct TypedKeyRing: Sendable {
  private let ring: KeyRing
  private let type: String
  /// The keys of the ring, the active one first.
  private let entries: [Entry]

  /// A key, and the encoded header of the tokens that it signs.
  private struct Entry {
    let header: [UInt8]
    let key: SigningKey
  }

  init(_ ring: KeyRing, type: String) {
    self.ring = ring
    self.type = type
    entries = ring.keys.map { key in
      let header = JOSEHeader.withEncoded(type: type, keyID: key.id) { $0.array }
      return Entry(
        header: header, key: (header + Self.payloadStart.utf8).withSpan { key.expecting($0) })
    }
  }

  /// A full stop, and those digits of `{"iss":"` that no issuer changes.
  static let payloadStart = ".eyJpc3MiOi"

  /// The size of the encoded header of the tokens that the ring signs.
  var headerByteCount: Int { entries[0].header.count }

  /// Makes a token under the active key.
  func sign(payload: Span<UInt8>) -> String {
    entries[0].header.withSpan { entries[0].key.sign(header: $0, payload: payload) }
  }

  /// Demands a token of the type whose signature is that of the key it names.
  func authenticate(_ text: Span<UInt8>) throws(TokenError) -> JWS {
    let parts = try JWS(text)
    try key(for: text.extracting(parts.header)).authenticate(text, parts)
    return parts
  }

  /// True for a token whose header names a retired key of the ring.
  ///
  /// Asked only about tokens that ``authenticate(_:)`` refused with ``TokenError/unknownKey``, so that
  /// the fast path pays nothing for it.
  func namesRetiredKey(_ token: String) -> Bool {
    token.utf8.withSpan { text in
      guard let parts = try? JWS(text),
        let header = try? JOSEHeader(encoded: text.extracting(parts.header)),
        let keyID = header.keyID
      else { return false }
      return ring.isRetired(keyID)
    }
  }

  private func key(for encodedHeader: Span<UInt8>) throws(TokenError) -> SigningKey {
    for entry in entries where entry.header.withSpan({ $0.hasSameBytes(as: encodedHeader) }) {
      return entry.key
    }
    return try JOSEHeader(encoded: encodedHeader).key(in: ring, type: .exactly(type))
  }
}
