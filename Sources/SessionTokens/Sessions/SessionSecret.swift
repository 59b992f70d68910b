// SPDX-License-Identifier: Apache-2.0

/// The secret of one session: 32 random bytes, generated at sign-in and stored in the session's record.
///
/// The `jti` of each token is derived from it, so a leaked signing key alone can't forge a refresh token
/// for a session with a record. The secret never leaves the server, and never shows in `description`, `dump` or
/// a mirror.
public struct SessionSecret: Sendable {
  private let words: SIMD8<UInt32>

  /// Creates a secret from its stored bytes; `nil` unless there are exactly 32.
  public init?(bytes: some Collection<UInt8>) {
    guard let words = bytes.withSpan({ SIMD8<UInt32>(digest: $0) }) else { return nil }
    self.words = words
  }

  /// Creates a random secret.
  init(using generator: inout some RandomNumberGenerator) { words = SIMD8(using: &generator) }

  /// The 32 bytes to store.
  public var bytes: [UInt8] { [UInt8](words) }

  /// The HMAC-SHA256 that has the secret as its key.
  var hmac: HMACSHA256 { words.withBytes { HMACSHA256($0) } }

  /// Returns true when both secrets are equal, comparing in constant time.
  func isSame(as other: SessionSecret) -> Bool { differingBits(words, other.words) == 0 }
}

extension SessionSecret: Redacted {
  /// The type's name, never the secret.
  public var description: String { "SessionSecret" }
}

#if !$Embedded
  extension SessionSecret: Codable {
    /// Decodes 32 bytes from canonical base64url.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.dataCorrupted` unless the text is 43 digits of
    ///   canonical base64url.
    public init(from decoder: any Decoder) throws {
      self = try decoder.decodeText {
        Base64URL.decode($0.utf8).flatMap { SessionSecret(bytes: $0) }
      }
    }

    /// Encodes the 32 bytes as base64url: 43 characters.
    ///
    /// - Throws: The errors of `encoder`.
    public func encode(to encoder: any Encoder) throws {
      try Base64URL.encode(bytes).encode(to: encoder)
    }
  }
#endif
