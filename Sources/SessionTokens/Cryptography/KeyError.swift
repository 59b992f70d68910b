// SPDX-License-Identifier: Apache-2.0

/// The reason that a key or a key ring can't be created.
///
/// An error never carries a secret. It quotes a key ID of at most 21 bytes. In place of a longer ID, which
/// could be a misplaced secret, it carries the empty string.
@nonexhaustive
public enum KeyError: Error, Sendable {
  /// The secret has fewer than 32 bytes, the size of the hash (RFC 7518 §3.2).
  case secretTooShort(keyID: String, bytes: Int)
  /// The secret is neither base64 nor base64url.
  case notBase64(keyID: String)
  /// The key ID is empty, contains U+0000, or takes more than 512 bytes as a JSON string in quotation marks.
  case invalidKeyID
  /// Two keys of one ring, live or retired, have the same ID.
  case duplicateKeyID(String)
  /// The text of a ring isn't a list of `id:secret` and `id:retired` that begins with an `id:secret`.
  case malformedKeyRing
}

extension KeyError {
  /// Returns true for a text of 22 bytes or more, the base64 length of 128 bits, which could be a secret.
  static func mayBeSecret(_ keyID: String) -> Bool { keyID.utf8.count >= 22 }

  /// Returns the ID, or the empty string when the ID could be a secret.
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
