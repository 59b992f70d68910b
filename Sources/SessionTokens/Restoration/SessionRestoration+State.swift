extension SessionRestoration {
  /// What the app shows.
  @nonexhaustive
  public enum State: Sendable, Hashable {
    /// The store has not been read yet.
    case starting
    /// The store cannot be read now; it is tried again.
    case storeLocked
    /// There is a session and no usable access token; a new one is on its way.
    case refreshing
    /// There is an access token in use: on entering, query the subscription.
    case active
    /// There is a session, no usable access token, and no server to renew it before that moment.
    ///
    /// Show the app as offline, never the sign-in screen.
    case suspended(retryAt: NumericDate)
    /// There is no session: show the sign-in screen.
    case signedOut(SignInReason)
  }

  /// Why the user has to sign in.
  @nonexhaustive
  public enum SignInReason: Sendable, Hashable {
    /// The store is empty.
    case neverSignedIn
    /// The user signed out, here or in another process of the app.
    case signedOutByUser
    /// The store holds what cannot be read; it is left there.
    case storeCorrupt
    /// The access token has ended and there was no refresh token.
    case noRefreshToken
    /// The server refused the refresh token for good.
    case refused(Refusal.Code)
  }

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
