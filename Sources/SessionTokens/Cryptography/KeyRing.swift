/// The keys that tokens of one kind may be signed with: one signs, all verify.
///
/// A token's `kid` is looked up as an opaque byte string; one that is unknown or absent is a
/// refusal and never falls back to another key (RFC 8725 §3.8). To change keys without a gap, first
/// accept the new key everywhere, then make it active, and drop the old one when nothing that it
/// signed can still be used: in a ring of access tokens when the last of them has expired, in one of
/// refresh tokens when the last window of their sessions has closed.
public struct KeyRing: Sendable {
  /// The key that signs.
  public let active: SigningKey

  /// What 128 bits take in base64: no shorter text is taken for a secret that stands in a wrong place.
  private static let shortestSecretDigitCount = 22

  private let others: [SigningKey]

  /// Makes a ring.
  ///
  /// - Parameters:
  ///   - active: The key that signs, and verifies.
  ///   - others: Further keys that verify.
  /// - Throws: ``KeyError/duplicateKeyID(_:)`` when two IDs are the same bytes,
  ///   ``KeyError/invalidKeyID`` for a ``SigningKey/random(id:)`` whose ID is invalid.
  public init(active: SigningKey, alsoAccepting others: [SigningKey] = []) throws(KeyError) {
    let keys = [active] + others
    for index in keys.indices {
      guard SigningKey.isValid(id: keys[index].id) else { throw .invalidKeyID }
      for earlier in keys[..<index] where earlier.id.hasSameBytes(as: keys[index].id) {
        throw .duplicateKeyID(keys[index].id)
      }
    }
    self.active = active
    self.others = others
  }

  /// Makes a ring from the text of one environment variable: `"2026-11:BASE64,2026-08:BASE64"`.
  ///
  /// The first key signs, all verify. An ID ends at the first colon; secrets are base64 of either
  /// alphabet. White space is not skipped: around a secret it is no base64, around an ID refused as well,
  /// since it would name another key.
  ///
  /// - Throws: ``KeyError/malformedKeyRing`` for an entry without a colon, one whose ID begins or ends
  ///   with white space, or one that is wrong and whose ID could be a secret, having 22 bytes or more;
  ///   and all that ``SigningKey/init(id:base64:)`` and ``init(active:alsoAccepting:)`` throw.
  public init(_ text: String) throws(KeyError) {
    var keys: [SigningKey] = []
    for entry in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let colon = entry.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedKeyRing }
      let name = entry[..<colon]
      for edge in [name.first, name.last] {
        if let edge, edge <= UInt8(ascii: " ") { throw .malformedKeyRing }
      }
      let id = String(decoding: name, as: UTF8.self)
      let secret = String(decoding: entry[entry.index(after: colon)...], as: UTF8.self)
      do throws(KeyError) {
        keys.append(try SigningKey(id: id, base64: secret))
      } catch {
        // Whoever has put the secret first must not find it in a log.
        throw id.utf8.count >= Self.shortestSecretDigitCount ? .malformedKeyRing : error
      }
    }
    guard let active = keys.first else { throw .malformedKeyRing }
    try self.init(active: active, alsoAccepting: Array(keys.dropFirst()))
  }

  /// Makes a ring of one key without a name, for tokens of issuers that set no `kid`.
  ///
  /// It needs no `kid` in a token's header and ignores one that is there. Tokens it signs carry
  /// none. ``SessionAuthority`` takes no such ring.
  ///
  /// - Parameter secret: At least 32 bytes.
  /// - Throws: ``KeyError/secretTooShort(keyID:bytes:)`` with an empty ID.
  public static func unnamed(secret: some Collection<UInt8>) throws(KeyError) -> KeyRing {
    KeyRing(unnamed: try SigningKey(unnamed: secret))
  }

  private init(unnamed key: SigningKey) {
    active = key
    others = []
  }

  /// The IDs of all keys, that of the active one first; empty for an unnamed key.
  public var keyIDs: [String] {
    isUnnamed ? [] : keys.map { $0.id }
  }

  /// True for the ring of ``unnamed(secret:)``.
  var isUnnamed: Bool { active.id.isEmpty }

  /// All keys, the active one first.
  var keys: [SigningKey] { [active] + others }

  /// The key that verifies tokens whose `kid` is `keyID`.
  func key(for keyID: String?) -> SigningKey? {
    if isUnnamed { return active }
    guard let keyID else { return nil }
    if active.id.hasSameBytes(as: keyID) { return active }
    return others.first { $0.id.hasSameBytes(as: keyID) }
  }
}
