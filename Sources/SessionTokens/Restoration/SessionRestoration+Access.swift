extension SessionRestoration {
  /// What a request about to be sent should do.
  public enum Access: Sendable {
    /// Send it with this token.
    case attach(accessToken: String)
    /// Hold it until the state changes or ``Effect/accessRenewed`` comes.
    case wait
    /// Fail it: the user has to sign in.
    case signIn(SignInReason)
  }
}

extension SessionRestoration.Access: Hashable {
  /// True when both say the same, with the same token by its bytes.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.attach(let a), .attach(let b)): a.hasSameBytes(as: b)
    case (.wait, .wait): true
    case (.signIn(let a), .signIn(let b)): a == b
    case (.attach, _), (.wait, _), (.signIn, _): false
    }
  }

  /// Feeds the case and what belongs to it to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .attach(let token):
      hasher.combine(0)
      token.hashBytes(into: &hasher)
    case .wait:
      hasher.combine(1)
    case .signIn(let reason):
      hasher.combine(2)
      hasher.combine(reason)
    }
  }
}
