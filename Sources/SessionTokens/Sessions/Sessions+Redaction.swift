// What the types that hold tokens or secrets show of themselves: what a log may have.

extension SessionSecret: CustomStringConvertible, CustomDebugStringConvertible {
  /// The type's name.
  public var description: String { "SessionSecret" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension TokenPair: CustomStringConvertible, CustomDebugStringConvertible {
  /// When the tokens expire; never a token.
  public var description: String {
    "TokenPair(accessExpiresAt: \(accessExpiresAt), refreshExpiresAt: \(refreshExpiresAt))"
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension TokenResponse: CustomStringConvertible, CustomDebugStringConvertible {
  /// How long the access token lives; never a token.
  public var description: String { "TokenResponse(expiresIn: \(expiresIn.clampedSeconds) s)" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible {
  /// The session and when the token expires.
  public var description: String { "AccessToken(sid: \(sessionID), exp: \(expiresAt))" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension IdempotencyKeys: CustomStringConvertible, CustomDebugStringConvertible {
  /// The type's name; never a key.
  public var description: String { "IdempotencyKeys" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension SessionRecord: CustomStringConvertible, CustomDebugStringConvertible {
  /// The session, its generation and version, and why it was ended.
  public var description: String {
    let ending = revocationReason.map { ", revoked: \($0.rawValue)" } ?? ""
    return "SessionRecord(id: \(id), generation: \(generation), version: \(version)\(ending))"
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

#if !$Embedded
  extension SessionSecret: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension TokenPair: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension TokenResponse: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension AccessToken: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension IdempotencyKeys: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension SessionRecord: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }
#endif
