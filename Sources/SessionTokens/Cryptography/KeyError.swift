/// Why a key or a ring of keys cannot be created.
///
/// An error never carries a secret. It quotes a key's ID only up to 21 bytes: a longer text could be a
/// secret that was given in the place of the ID, and is replaced by the empty string.
@nonexhaustive
public enum KeyError: Error, Sendable {
  /// The secret has fewer than 32 bytes, the size of the hash (RFC 7518 §3.2).
  case secretTooShort(keyID: String, bytes: Int)
  /// The secret is neither base64 nor base64url.
  case notBase64(keyID: String)
  /// The key ID is empty, contains U+0000, or takes more than 512 bytes in a JSON header.
  case invalidKeyID
  /// Two keys of one ring, live or retired, have the same ID.
  case duplicateKeyID(String)
  /// The text of a ring isn't a list of `id:secret` and `id:retired` that begins with a secret.
  case malformedKeyRing
}

extension KeyError {
  /// True for a text of 22 bytes or more, which is what 128 bits take in base64: it could be a secret
  /// in the place of an ID.
  static func mayBeSecret(_ keyID: String) -> Bool { keyID.utf8.count >= 22 }

  /// The ID as an error may quote it.
  static func quotable(_ keyID: String) -> String { mayBeSecret(keyID) ? "" : keyID }
}

extension KeyError: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .secretTooShort(let keyID, let byteCount):
      ["secretTooShort", .text(keyID), .number(Int64(byteCount))]
    case .notBase64(let keyID): ["notBase64", .text(keyID)]
    case .invalidKeyID: "invalidKeyID"
    case .duplicateKeyID(let keyID): ["duplicateKeyID", .text(keyID)]
    case .malformedKeyRing: "malformedKeyRing"
    }
  }
}
