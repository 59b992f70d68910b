// SPDX-License-Identifier: Apache-2.0

/// The identifier of one session: 128 random bits, generated at sign-in.
///
/// It is the primary key of the session's row and the claim `sid` (OpenID Connect Front-Channel Logout 1.0
/// §3). It isn't a credential, so it may be logged.
public struct SessionID: Sendable, Hashable {
  let identifier: Identifier128

  init(_ identifier: Identifier128) { self.identifier = identifier }
}

extension SessionID: LosslessStringConvertible {
  /// Creates a session ID from its text; `nil` unless it is 22 digits of canonical base64url.
  public init?(_ description: String) {
    guard let identifier = description.utf8.withSpan({ Identifier128($0) }) else { return nil }
    self.init(identifier)
  }

  /// The 22 digits of base64url.
  public var description: String { identifier.text }
}

#if !$Embedded
  extension SessionID: Codable {
    /// Decodes the text of a session ID.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.dataCorrupted` unless the text is 22 digits of
    ///   canonical base64url.
    public init(from decoder: any Decoder) throws {
      self = try decoder.decodeText { SessionID($0) }
    }

    /// Encodes the text.
    ///
    /// - Throws: The errors of `encoder`.
    public func encode(to encoder: any Encoder) throws {
      try description.encode(to: encoder)
    }
  }
#endif
