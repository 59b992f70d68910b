@testable import SessionTokens

/// Where a machine can be when something comes in between.
///
/// All but those that say otherwise hold session 1 at second 1,000, when its access token has ended;
/// session 2 is what came for it, or by a sign-in.
enum RestorationMoment: CaseIterable, Hashable {
  case idle, opening, locked, reopening, signedOut
  case signingIn, signingInOver
  /// At second 100.
  case active
  /// At second 850, near the end of the access token.
  case readingEarly, awaitingEarly, pausingEarly
  /// After a first answer that found the network down.
  case readingBeforeSend
  case awaitingAnswer, readingBeforeSave, readingBeforeSignOut, saving, suspended
  case pausingUnsaved, readingUnsaved, savingUnsaved
  case pausingUnsavedSignIn, savingUnsavedSignIn

  /// Those in which session 1 is held with an ended access token and a refresh is on its way.
  static let restoring: [RestorationMoment] = [
    .readingBeforeSend, .awaitingAnswer, .readingBeforeSave, .readingBeforeSignOut, .saving,
    .suspended,
  ]

  /// Those in which session 2 is in use and not stored.
  static let unsaved: [RestorationMoment] = [
    .pausingUnsaved, .readingUnsaved, .savingUnsaved, .pausingUnsavedSignIn, .savingUnsavedSignIn,
  ]

  /// A machine that is there.
  func driver() -> RestorationDriver {
    var driver = RestorationDriver()
    for (event, time) in events { driver.tell(event, at: time) }
    return driver
  }

  private var events: [(SessionRestoration.Event, Int64)] {
    let found = SessionRestoration.Event.storeRead(.found(.numbered(1)))
    let tokens = SessionRestoration.Event.answered(.numbered(1), .tokens(.numbered(2)))
    let unavailable = SessionRestoration.Event.answered(
      .numbered(1), .unavailable(retryAfter: nil, code: nil))
    let refused = SessionRestoration.Event.answered(.numbered(1), .refused(.revoked))
    return switch self {
    case .idle: []
    case .opening: [(.launched, 1_000)]
    case .locked: Self.opening.events + [(.storeRead(.locked), 1_000)]
    case .reopening: Self.locked.events + [(.timePassed, 1_000)]
    case .signedOut: Self.opening.events + [(.storeRead(.empty), 1_000)]
    case .signingIn: Self.signedOut.events + [(.signedIn(.numbered(2)), 1_000)]
    case .signingInOver: Self.active.events + [(.signedIn(.numbered(2)), 1_000)]
    case .active: [(.launched, 100), (found, 100)]
    case .readingEarly: Self.active.events + [(.timePassed, 850)]
    case .awaitingEarly: Self.readingEarly.events + [(found, 850)]
    case .pausingEarly: Self.awaitingEarly.events + [(unavailable, 850)]
    case .awaitingAnswer: Self.opening.events + [(found, 1_000)]
    case .suspended: Self.awaitingAnswer.events + [(unavailable, 1_000)]
    case .readingBeforeSend: Self.suspended.events + [(.timePassed, 1_001)]
    case .readingBeforeSave: Self.awaitingAnswer.events + [(tokens, 1_000)]
    case .readingBeforeSignOut: Self.awaitingAnswer.events + [(refused, 1_000)]
    case .saving: Self.readingBeforeSave.events + [(found, 1_000)]
    case .pausingUnsaved: Self.saving.events + [(.saveFailed(.numbered(2)), 1_000)]
    case .readingUnsaved: Self.pausingUnsaved.events + [(.timePassed, 1_001)]
    case .savingUnsaved: Self.readingUnsaved.events + [(found, 1_001)]
    case .pausingUnsavedSignIn: Self.signingIn.events + [(.saveFailed(.numbered(1)), 1_000)]
    case .savingUnsavedSignIn: Self.pausingUnsavedSignIn.events + [(.timePassed, 1_001)]
    }
  }
}
