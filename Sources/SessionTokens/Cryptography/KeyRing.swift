/// The keys of one kind of token: one signs, all live ones verify, and retired ones are known by name.
///
/// A token's `kid` is looked up as an opaque byte string. An unknown or absent one is a refusal and
/// never falls back to another key (RFC 8725 §3.8).
///
/// To change keys without a gap, first accept the new key everywhere, then make it the active one, and
/// at last retire the old one: in a ring of access tokens when the last of its tokens has expired, in
/// one of refresh tokens when the last window of their sessions has closed. A refresh token that names
/// a retired key is refused for good (``Refusal/retiredKey``). One that names a key which the ring has
/// never heard of is not, since the key may be new (``Refusal/unknownKey``).
public struct KeyRing: Sendable {
  /// The key that signs.
  public let active: SigningKey

  /// The IDs of keys that verify nothing any more, in the order given.
  public let retiredKeyIDs: [String]

  private let others: [SigningKey]

  /// Creates a ring.
  ///
  /// - Parameters:
  ///   - active: The key that signs, and verifies.
  ///   - others: Further keys that verify.
  ///   - retired: The IDs of keys that verified once and never will again.
  /// - Throws: ``KeyError/invalidKeyID`` for a retired ID that no key can have, and for the key of
  ///   ``unnamed(secret:)``; ``KeyError/duplicateKeyID(_:)`` when two IDs, of live or retired keys, are
  ///   the same bytes. The first ID in the order of the parameters that is wrong decides.
  public init(
    active: SigningKey, alsoAccepting others: [SigningKey] = [], retired: [String] = []
  ) throws(KeyError) {
    let ids = [active.id] + others.map { $0.id } + retired
    for index in ids.indices {
      guard SigningKey.isValid(id: ids[index]) else { throw .invalidKeyID }
      for earlier in ids[..<index] where earlier.hasSameBytes(as: ids[index]) {
        throw .duplicateKeyID(KeyError.quotable(earlier))
      }
    }
    self.active = active
    self.others = others
    self.retiredKeyIDs = retired
  }

  /// Creates a ring from the text of one environment variable:
  /// `"2026-11:BASE64,2026-08:BASE64,2025-11:retired"`.
  ///
  /// The first key signs, and all that have a secret verify. The word `retired` in place of the secret
  /// retires the ID; it is too short to be a secret. An ID ends at the first colon; secrets are base64
  /// of either alphabet. Whitespace is not skipped: around a secret it isn't base64, and around an ID it
  /// is refused as well, since it would name another key.
  ///
  /// - Throws: ``KeyError/malformedKeyRing`` for an entry without a colon, one whose ID begins or ends
  ///   with whitespace, a first entry that is retired, or a wrong secret whose ID has 22 bytes or more
  ///   and could be the secret; and the errors of ``SigningKey/init(id:base64:)`` and
  ///   ``init(active:alsoAccepting:retired:)``.
  public init(parsing text: String) throws(KeyError) {
    var keys: [SigningKey] = []
    var retired: [String] = []
    for entry in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let colon = entry.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedKeyRing }
      let name = entry[..<colon]
      for edge in [name.first, name.last] {
        if let edge, edge <= UInt8(ascii: " ") { throw .malformedKeyRing }
      }
      let id = String(decoding: name, as: UTF8.self)
      let secret = entry[entry.index(after: colon)...]
      if secret.elementsEqual("retired".utf8) {
        guard !keys.isEmpty else { throw .malformedKeyRing }
        retired.append(id)
        continue
      }
      do throws(KeyError) {
        keys.append(try SigningKey(id: id, base64: String(decoding: secret, as: UTF8.self)))
      } catch {
        throw KeyError.mayBeSecret(id) ? .malformedKeyRing : error
      }
    }
    guard let active = keys.first else { throw .malformedKeyRing }
    try self.init(active: active, alsoAccepting: Array(keys.dropFirst()), retired: retired)
  }

  /// Creates a ring of one key without a name, for tokens of issuers that set no `kid`.
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
    retiredKeyIDs = []
  }

  /// The IDs of the keys that verify, that of the active one first; empty for an unnamed key.
  public var keyIDs: [String] {
    isUnnamed ? [] : keys.map { $0.id }
  }

  /// True for the ring of ``unnamed(secret:)``.
  var isUnnamed: Bool { active.id.isEmpty }

  /// The keys that verify, the active one first.
  var keys: [SigningKey] { [active] + others }

  /// The key that verifies tokens whose `kid` is `keyID`.
  func key(for keyID: String?) -> SigningKey? {
    if isUnnamed { return active }
    guard let keyID else { return nil }
    if active.id.hasSameBytes(as: keyID) { return active }
    return others.first { $0.id.hasSameBytes(as: keyID) }
  }

  /// True for the ID of a retired key.
  func isRetired(_ keyID: String) -> Bool {
    retiredKeyIDs.contains { $0.hasSameBytes(as: keyID) }
  }
}

extension KeyRing: Redacted {
  /// The IDs of the keys that verify; never a secret, nor a retired ID, which could be a secret in the
  /// wrong place.
  public var description: String { "KeyRing(\(keyIDs.joined(separator: ", ")))" }
}
