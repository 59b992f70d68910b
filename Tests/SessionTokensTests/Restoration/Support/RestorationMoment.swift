// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A moment of a machine at which a test can intervene.
///
/// Unless noted otherwise, the machine holds session 1 at second 1,000, when its access token has
/// ended; tokens 2 came by a refresh, or by a sign-in.
enum RestorationMoment: CaseIterable, Hashable {
  case idle, opening, doubtingAtLaunch, locked, reopening
  /// Signed out, with nothing in the store.
  case signedOut, looking
  /// After a sign-out of session 1 at second 100.
  case readingBeforeErase, erasing, pausingErase
  /// After a refusal of the token only.
  case marking, pausingMark
  /// The sign-in of session 2, from signed out, and over session 1 in use.
  case readingSignIn, savingSignIn, readingSignInOver, savingSignInOver
  /// At second 100.
  case active
  /// At second 850, near the end of the access token.
  case readingEarly, awaitingEarly, pausingEarly
  /// The store was found empty at second 850.
  case doubting
  /// After a first answer that found the network down.
  case readingBeforeSend
  case awaitingAnswer, readingBeforeSave, readingBeforeRefusal, saving, suspended, lockedLater
  /// Session 1 with tokens 2, which could not be saved.
  case pausingUnsaved, readingUnsaved, savingUnsaved
  /// At second 1,900, with the access token of tokens 2 ended.
  case awaitingInMemory
  /// Session 2 by a sign-in that could not be saved.
  case pausingUnsavedSignIn, readingUnsavedSignIn, savingUnsavedSignIn

  /// Those in which tokens 2 are in use and not stored.
  static let unsaved: [RestorationMoment] = [
    .pausingUnsaved, .readingUnsaved, .savingUnsaved, .pausingUnsavedSignIn, .readingUnsavedSignIn,
    .savingUnsavedSignIn,
  ]

  /// Those that wait for the answer to a read.
  static let reading: [RestorationMoment] = [
    .opening, .reopening, .looking, .readingBeforeErase, .readingSignIn, .readingSignInOver,
    .readingEarly, .readingBeforeSend, .readingBeforeSave, .readingBeforeRefusal, .readingUnsaved,
    .readingUnsavedSignIn,
  ]

  /// Those that wait for the end of a save.
  static let savingAny: [RestorationMoment] = [
    .marking, .savingSignIn, .savingSignInOver, .saving, .savingUnsaved, .savingUnsavedSignIn,
  ]

  /// Those that wait for the answer to a request.
  static let awaiting: [RestorationMoment] = [.awaitingEarly, .awaitingAnswer, .awaitingInMemory]

  /// A machine at this moment.
  func driver(
    configuration: SessionRestoration.Configuration = .standard
  ) -> RestorationDriver {
    guard let (moment, step) = way else { return RestorationDriver(configuration: configuration) }
    var driver = moment.driver(configuration: configuration)
    step(&driver)
    return driver
  }

  /// The previous moment, and the steps from it.
  private var way: (RestorationMoment, (inout RestorationDriver) -> Void)? {
    switch self {
    case .idle: nil
    case .opening: (.idle, { $0.tell(.launched, at: 1_000) })
    case .doubtingAtLaunch: (.opening, { $0.read(.corrupt) })
    case .locked: (.opening, { $0.read(.locked) })
    case .reopening: (.locked, { $0.tell(.timePassed) })
    case .signedOut: (.opening, { $0.read(.empty) })
    case .looking: (.signedOut, { $0.tell(.timePassed, at: 1_001) })
    case .readingBeforeErase: (.active, { $0.tell(.signedOutByUser) })
    case .erasing: (.readingBeforeErase, { $0.read(.numbered(1)) })
    case .pausingErase: (.erasing, { $0.eraseFailed() })
    case .marking:
      (
        .awaitingAnswer,
        {
          $0.answer(.refused(.superseded))
          $0.read(.numbered(1))
        }
      )
    case .pausingMark: (.marking, { $0.saveFailed() })
    case .readingSignIn: (.signedOut, { $0.signIn(2) })
    case .savingSignIn: (.readingSignIn, { $0.read(.empty) })
    case .readingSignInOver: (.active, { $0.signIn(2) })
    case .savingSignInOver: (.readingSignInOver, { $0.read(.numbered(1)) })
    case .active: (.idle, { $0.launch(.found(.numbered(1)), at: 100) })
    case .readingEarly: (.active, { $0.tell(.timePassed, at: 850) })
    case .awaitingEarly: (.readingEarly, { $0.read(.numbered(1)) })
    case .pausingEarly: (.awaitingEarly, { $0.answer(.unreachable) })
    case .doubting: (.readingEarly, { $0.read(.empty) })
    case .awaitingAnswer: (.opening, { $0.read(.numbered(1)) })
    case .suspended: (.awaitingAnswer, { $0.answer(.unreachable) })
    case .readingBeforeSend: (.suspended, { $0.tell(.timePassed, at: 1_001) })
    case .lockedLater: (.readingBeforeSend, { $0.read(.locked) })
    case .readingBeforeSave: (.awaitingAnswer, { $0.answer(.tokens(2)) })
    case .readingBeforeRefusal: (.awaitingAnswer, { $0.answer(.refused(.revoked)) })
    case .saving: (.readingBeforeSave, { $0.read(.numbered(1)) })
    case .pausingUnsaved: (.saving, { $0.saveFailed() })
    case .readingUnsaved: (.pausingUnsaved, { $0.tell(.timePassed, at: 1_001) })
    case .savingUnsaved: (.readingUnsaved, { $0.read(.numbered(1)) })
    case .awaitingInMemory:
      (
        .pausingUnsaved,
        {
          $0.tell(.timePassed, at: 1_900)
          $0.read(.numbered(1))
          $0.saveFailed()
          $0.read(.numbered(1))
        }
      )
    case .pausingUnsavedSignIn: (.savingSignIn, { $0.saveFailed() })
    case .readingUnsavedSignIn: (.pausingUnsavedSignIn, { $0.tell(.timePassed, at: 1_001) })
    case .savingUnsavedSignIn: (.readingUnsavedSignIn, { $0.read(.empty) })
    }
  }
}
