import Testing

@testable import SessionTokens

/// What the store holds at a launch, and what is to come of it.
struct LaunchCase: CustomTestStringConvertible {
  let testDescription: String
  let reading: StoredSession.Reading
  let time: Int64
  let effects: [SessionRestoration.Effect]
  let access: SessionRestoration.Access

  /// The launch order of README's drawing, line by line.
  static let order: [LaunchCase] = storeOnly + withRefreshToken + withoutRefreshToken

  private static let storeOnly = [
    LaunchCase(
      "locked", .locked, at: 5_000, [.stateChanged(.storeLocked), .wake(after: .seconds(1))], .wait),
    LaunchCase(
      "corrupt", .corrupt, at: 5_000, [.stateChanged(.signedOut(.storeCorrupt))],
      .signIn(.storeCorrupt)),
    LaunchCase(
      "empty", .empty, at: 5_000, [.stateChanged(.signedOut(.neverSignedIn))],
      .signIn(.neverSignedIn)),
  ]

  private static let withRefreshToken = [
    LaunchCase("the clock years before receipt", at: -100_000_000, refreshing, .wait),
    LaunchCase("the clock a second before receipt", at: -1, refreshing, .wait),
    LaunchCase("the whole life left", at: 0, resuming, attached),
    LaunchCase("a second more than the margin left", at: 839, resuming, attached),
    LaunchCase("the margin left", at: 840, resumingAndRefreshing, attached),
    LaunchCase("a second left", at: 899, resumingAndRefreshing, attached),
    LaunchCase("nothing left", at: 900, refreshing, .wait),
    LaunchCase("long past", at: 2_000_000, refreshing, .wait),
    LaunchCase("the window seemingly at its end", at: 2_592_000, refreshing, .wait),
    LaunchCase("the window seemingly closed for years", at: 300_000_000, refreshing, .wait),
  ]

  private static let withoutRefreshToken = [
    LaunchCase("no refresh token, before receipt", .lone, at: -1, resuming, attached),
    LaunchCase("no refresh token, the whole life left", .lone, at: 0, resuming, attached),
    LaunchCase("no refresh token, more than the margin", .lone, at: 839, resuming, attached),
    LaunchCase("no refresh token, the margin left", .lone, at: 840, resuming, attached),
    LaunchCase("no refresh token, a second left", .lone, at: 899, resuming, attached),
    LaunchCase("no refresh token, nothing left", .lone, at: 900, ending, .signIn(.noRefreshToken)),
    LaunchCase("no refresh token, long past", .lone, at: 9_000, ending, .signIn(.noRefreshToken)),
  ]

  private static let attached = SessionRestoration.Access.attach(accessToken: "access-1")
  private static let resuming: [SessionRestoration.Effect] = [.stateChanged(.active)]
  private static let resumingAndRefreshing = resuming + .sending(.numbered(1), 1)
  private static let refreshing =
    [.stateChanged(.refreshing)] + [SessionRestoration.Effect].sending(.numbered(1), 1)
  private static let ending: [SessionRestoration.Effect] = [
    .stateChanged(.signedOut(.noRefreshToken))
  ]

  private init(
    _ name: String, _ reading: StoredSession.Reading = .found(.numbered(1)), at time: Int64,
    _ effects: [SessionRestoration.Effect], _ access: SessionRestoration.Access
  ) {
    testDescription = name
    self.reading = reading
    self.time = time
    self.effects = effects
    self.access = access
  }
}

extension StoredSession.Reading {
  /// A session without a refresh token.
  fileprivate static let lone = found(.numbered(1, hasRefreshToken: false))
}
