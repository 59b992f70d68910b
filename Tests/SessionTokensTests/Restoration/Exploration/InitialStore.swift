/// What the store holds before anything happens.
enum InitialStore: Hashable, Sendable {
  case empty
  case corrupt
  /// The tokens of the sign-in.
  case session
  /// An access token alone.
  case sessionWithoutRefreshToken
}
