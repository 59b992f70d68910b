/// The name of one session: 128 random bits, drawn once at sign-in.
///
/// It is the key of the host's row and the claim `sid` (OpenID Connect Front-Channel Logout 1.0
/// §3). It identifies a session and proves nothing: it may be logged.
public struct SessionID: Sendable, Hashable {
  let identifier: Identifier

  init(_ identifier: Identifier) {
    self.identifier = identifier
  }
}

extension SessionID: LosslessStringConvertible {
  /// Reads the text of a session ID; `nil` unless it is 22 digits of canonical base64url.
  public init?(_ description: String) {
    guard let identifier = description.utf8.withSpan({ Identifier($0) }) else { return nil }
    self.init(identifier)
  }

  /// The 22 digits of base64url.
  public var description: String { identifier.text }
}
