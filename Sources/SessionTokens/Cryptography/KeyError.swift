/// Why a key or a ring of keys cannot be made.
///
/// Never carries any part of a secret.
@nonexhaustive
public enum KeyError: Error, Hashable, Sendable {
  /// The secret has fewer than 32 bytes, the size of the hash (RFC 7518 §3.2).
  case secretTooShort(keyID: String, bytes: Int)
  /// The secret is neither base64 nor base64url.
  case notBase64(keyID: String)
  /// The key ID is empty, holds U+0000, or takes more than 512 bytes in a JSON header.
  case invalidKeyID
  /// Two keys of one ring have the same ID.
  case duplicateKeyID(String)
  /// The text of a ring is not `id:secret` or several of these separated by commas.
  case malformedKeyRing
}
