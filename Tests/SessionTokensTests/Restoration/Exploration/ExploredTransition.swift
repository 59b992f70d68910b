@testable import SessionTokens

/// What a machine made of an event.
struct ExploredTransition {
  /// The machine afterwards.
  let machine: Int
  /// The effects that reach beyond the process.
  let effects: [ExploredEffect]
  /// The last wake that was asked for.
  let wake: Int64?
  let stateBefore: SessionRestoration.State
  let state: SessionRestoration.State
  /// The access token in use afterwards, also where it has ended.
  let accessToken: Int?
  /// True when nothing is awaited: no wake matters any more.
  let isIdle: Bool
  /// A property that the transition alone breaks.
  let violation: ExplorationViolation?
}
