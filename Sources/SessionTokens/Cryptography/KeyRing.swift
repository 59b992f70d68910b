// SPDX-License-Identifier: Apache-2.0

/// The keys for one kind of token: one signs, all live keys verify, and retired keys are known only by ID.
///
/// A token's `kid` is looked up as an opaque byte string. An unknown or absent `kid` is refused; no other key
/// is tried.
///
/// To change keys without an interruption, first accept the new key everywhere, then make it the active key,
/// and finally retire the old key. In a ring for access tokens, retire a key when the last token that it
/// signed has expired. In a ring for refresh tokens, keep the old key if every session has a record; otherwise
/// retire it when the ``RefreshWindow`` of every session with such a token has closed. A refresh token that
/// names a retired key is definitively refused (``Refusal/retiredKey``); one that names a key unknown to the
/// ring isn't, since the key may be new (``Refusal/unknownKey``).
public struct KeyRing: Sendable {
  /// The key that signs.
  public let active: SigningKey

  /// The IDs of keys that no longer verify, in the order given.
  public let retiredKeyIDs: [String]

  private let others: [SigningKey]
}

extension KeyRing {
  /// Creates a ring.
  ///
  /// - Parameters:
  ///   - active: The key that signs and verifies.
  ///   - others: More keys that verify.
  ///   - retired: The IDs of keys that used to verify and never will again.
  /// - Throws: ``KeyError/invalidKeyID`` for a retired ID that no key can have, and for the key of
  ///   ``unnamed(secret:)``; ``KeyError/duplicateKeyID(_:)`` when two IDs, of live or retired keys, have the
  ///   same bytes. The first wrong ID, in the order of the parameters, determines the error.
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
    self.init(active: active, retiredKeyIDs: retired, others: others)
  }

  /// Creates a ring from the text of one environment variable:
  /// `"2026-11:BASE64,2026-08:BASE64,2025-11:retired"`.
  ///
  /// The first key signs, and every key with a secret verifies. The word `retired` in place of the secret
  /// retires the ID; no secret is that short. An ID ends at the first colon. A secret is base64 of either
  /// alphabet. Whitespace isn't skipped. Around a secret, it makes the text invalid base64. Whitespace, control
  /// characters and U+FEFF around an ID are refused, because they would name another key.
  ///
  /// - Throws: ``KeyError/malformedKeyRing`` for an entry without a colon, an ID that begins or ends with
  ///   Unicode whitespace, a control character or U+FEFF, a first entry that is retired, or an entry that
  ///   ``SigningKey/init(id:base64:)`` refuses and whose ID has 22 bytes or more and could itself be the
  ///   secret; otherwise the errors of that initializer and of ``init(active:alsoAccepting:retired:)``.
  public init(parsing text: String) throws(KeyError) {
    var keys: [SigningKey] = []
    var retired: [String] = []
    for entry in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let colon = entry.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedKeyRing }
      let id = String(decoding: entry[..<colon], as: UTF8.self)
      for edge in [id.unicodeScalars.first, id.unicodeScalars.last] {
        if let edge, edge.isInvisible { throw .malformedKeyRing }
      }
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

  /// Creates a ring of one key without an ID, for tokens of issuers that set no `kid`.
  ///
  /// The ring requires no `kid` in a token's header, and ignores one that is present, which must be a string.
  /// The tokens that it signs carry no `kid`. ``SessionAuthority`` doesn't accept such a ring.
  ///
  /// - Parameter secret: At least 32 bytes.
  /// - Returns: The ring.
  /// - Throws: ``KeyError/secretTooShort(keyID:bytes:)`` with an empty ID.
  public static func unnamed(secret: some Collection<UInt8>) throws(KeyError) -> KeyRing {
    KeyRing(
      active: try SigningKey(uncheckedID: "", secret: secret), retiredKeyIDs: [], others: [])
  }

  /// The IDs of the keys that verify, the active key's first; empty for an unnamed key.
  public var keyIDs: [String] { isUnnamed ? [] : keys.map { $0.id } }

  /// True for the ring of ``unnamed(secret:)``.
  var isUnnamed: Bool { active.id.isEmpty }

  /// The keys that verify, the active one first.
  var keys: [SigningKey] { [active] + others }

  /// Returns the key that `keyID` names, or `nil`; an unnamed ring returns its key for any `kid`.
  func key(for keyID: String?) -> SigningKey? {
    if isUnnamed { return active }
    guard let keyID else { return nil }
    if active.id.hasSameBytes(as: keyID) { return active }
    return others.first { $0.id.hasSameBytes(as: keyID) }
  }

  /// Returns true for the ID of a retired key.
  func isRetired(_ keyID: String) -> Bool { retiredKeyIDs.contains { $0.hasSameBytes(as: keyID) } }
}

extension Unicode.Scalar {
  /// True for the Unicode property `White_Space`, for control characters, and for U+FEFF.
  fileprivate var isInvisible: Bool {
    switch value {
    case 0...0x20, 0x7f...0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
      0xfeff:
      true
    default: false
    }
  }
}

extension KeyRing: Redacted {
  /// The IDs of the keys that verify; never a secret or a retired ID, which could be a misplaced secret.
  public var description: String { "KeyRing(\(keyIDs.joined(separator: ", ")))" }
}
