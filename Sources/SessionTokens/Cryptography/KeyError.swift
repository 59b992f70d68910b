/// Why a key or a ring of keys cannot be made.
///
/// Never carries any part of a secret.
@nonexhaustive
public enum KeyError: Error, Sendable {
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

extension KeyError: Hashable {
  /// True when both are the same case with equal values, IDs by their bytes.
  public static func == (a: KeyError, b: KeyError) -> Bool {
    switch (a, b) {
    case (.secretTooShort(let a, let aCount), .secretTooShort(let b, let bCount)):
      a.hasSameBytes(as: b) && aCount == bCount
    case (.notBase64(let a), .notBase64(let b)), (.duplicateKeyID(let a), .duplicateKeyID(let b)):
      a.hasSameBytes(as: b)
    case (.invalidKeyID, .invalidKeyID), (.malformedKeyRing, .malformedKeyRing): true
    case (.secretTooShort, _), (.notBase64, _), (.invalidKeyID, _), (.duplicateKeyID, _),
      (.malformedKeyRing, _):
      false
    }
  }

  /// Feeds the case and the key's ID to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .secretTooShort(let keyID, let byteCount):
      hasher.combine(0)
      keyID.hashBytes(into: &hasher)
      hasher.combine(byteCount)
    case .notBase64(let keyID):
      hasher.combine(1)
      keyID.hashBytes(into: &hasher)
    case .invalidKeyID:
      hasher.combine(2)
    case .duplicateKeyID(let keyID):
      hasher.combine(3)
      keyID.hashBytes(into: &hasher)
    case .malformedKeyRing:
      hasher.combine(4)
    }
  }
}
