// SPDX-License-Identifier: Apache-2.0

// The keys for tokens of one type. All tokens of one key and type have the same encoded header. The ring
// encodes it once; verification compares its bytes before it decodes anything. Any other spelling of the
// header is decoded and checked by the same rules. Each key is prepared for the bytes with which its signing
// inputs begin: the header, a full stop, and the first digits of a payload whose first claim is `iss`.

/// A ring that signs and authenticates tokens of one type.
///
/// It is a class so that copies of an authority or a verifier share it; it never changes.
final class TypedKeyRing: Sendable {
  private let ring: KeyRing
  private let type: String
  /// The keys of the ring with their headers, the active key first.
  private let keys: [(header: [UInt8], key: SigningKey)]

  init(_ ring: KeyRing, type: String) {
    self.ring = ring
    self.type = type
    keys = ring.keys.map { key in
      let header = JOSEHeader.withText(type: type, keyID: key.id) { text in
        [UInt8](capacity: Base64URL.encodedCount(text.count)) { Base64URL.encode(text, to: &$0) }
      }
      return (
        header, (header + Self.payloadStart.utf8).withSpan { key.prepared(forPrefix: $0) }
      )
    }
  }

  /// A full stop, and the digits of `{"iss":"` that don't depend on the issuer.
  static let payloadStart = ".eyJpc3MiOi"

  /// Returns a token signed with the active key.
  func sign(payload: Span<UInt8>) -> String {
    let (header, key) = keys[0]
    return key.sign(payload: payload, headerByteCount: header.count) { token in
      header.withSpan { token.append(contentsOf: $0) }
    }
  }

  /// Returns the parts of a token; throws unless it has the type and the signature of the key that it names.
  func authenticate(_ text: Span<UInt8>) throws(TokenError) -> JWS {
    let parts = try JWS(text)
    try key(for: text.extracting(parts.header)).authenticate(text, parts)
    return parts
  }

  /// Returns true when the header of a token names a retired key of the ring.
  ///
  /// Call this only for a token that ``authenticate(_:)`` refused with ``TokenError/unknownKey``, so that the
  /// fast path doesn't pay for it.
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
    for candidate in keys where candidate.header.withSpan({ $0.hasSameBytes(as: encodedHeader) }) {
      return candidate.key
    }
    return try JOSEHeader(encoded: encodedHeader).key(in: ring, type: .exactly(type))
  }
}
