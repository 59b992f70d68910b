// What the types of this room show of themselves: what a log may have.

extension PresentedRefreshToken: CustomStringConvertible, CustomDebugStringConvertible {
  /// The session and the generation.
  public var description: String {
    "PresentedRefreshToken(sid: \(sessionID), gen: \(generation))"
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension RotationDecision: CustomStringConvertible, CustomDebugStringConvertible {
  /// One line for a log: what was decided, for which session, and why; never a token.
  public var description: String {
    switch self {
    case .rotate(_, let update): "rotate to \(update.record)"
    case .replay(let pair): "replay \(pair)"
    case .revoke(let refusal, let update): "revoke \(update.record): \(refusal.code.rawValue)"
    case .refuse(let refusal): "refuse: \(refusal.code.rawValue)"
    }
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

#if !$Embedded
  extension PresentedRefreshToken: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension RotationDecision: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }
#endif
