// SPDX-License-Identifier: Apache-2.0

/// The reason why a session was ended: 1 … 64 characters of `A–Z a–z 0–9 - _ .`, to store and to log.
///
/// A server may define its own reasons.
public struct RevocationReason: RawRepresentable, Sendable {
  /// The text to store.
  public let rawValue: String

  /// Creates a reason from its text; `nil` when it isn't well formed.
  public init?(rawValue: String) {
    guard 1...64 ~= rawValue.utf8.count,
      rawValue.utf8.allSatisfy({ Base64URL.isDigit($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    self.rawValue = rawValue
  }

  private init(known rawValue: String) { self.rawValue = rawValue }

  /// The reason of a record that has ``SessionRecord/revokedAt`` but no reason.
  static var unspecified: RevocationReason { RevocationReason(known: "unspecified") }

  /// The user signed out.
  public static var signedOut: RevocationReason { RevocationReason(known: "signed_out") }

  /// A rotated refresh token was used again, and the request wasn't recognized as a retry.
  public static var reuseDetected: RevocationReason { RevocationReason(known: "reuse_detected") }

  /// The user's password or other credentials changed.
  public static var credentialsChanged: RevocationReason {
    RevocationReason(known: "credentials_changed")
  }

  /// An administrator ended the session.
  public static var administrator: RevocationReason { RevocationReason(known: "administrator") }
}

extension RevocationReason: HashableByRawBytes {}

#if !$Embedded
  extension RevocationReason: Codable {
    /// Decodes the text of a reason.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.dataCorrupted` unless the text is well formed.
    public init(from decoder: any Decoder) throws {
      self = try decoder.decodeText { RevocationReason(rawValue: $0) }
    }
  }
#endif
