import SessionTokens

/// The user has to sign in.
struct SignInNeeded: Error {
  let reason: SessionRestoration.SignInReason
}
