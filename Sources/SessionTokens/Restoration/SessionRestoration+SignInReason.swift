extension SessionRestoration {
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
}
