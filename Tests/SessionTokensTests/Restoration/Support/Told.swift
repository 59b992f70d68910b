// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// An effect without its ticket, which the driver keeps, so that a test reads as a story.
enum Told: Equatable {
  case sessionInUse(String)
  case stateChanged(SessionRestoration.State)
  case accessRenewed
  case wake(Int64)
  case sendRevocation(String)
  case readStore
  case save(StoredSession)
  case erase
  case refresh(SessionRestoration.RefreshRequest)

  init(_ effect: SessionRestoration.Effect) {
    switch effect {
    case .sessionInUse(let name): self = .sessionInUse(name)
    case .stateChanged(let state): self = .stateChanged(state)
    case .accessRenewed: self = .accessRenewed
    case .wake(let delay): self = .wake(delay.components.seconds)
    case .sendRevocation(let refreshToken): self = .sendRevocation(refreshToken)
    case .readStore: self = .readStore
    case .save(let session, _): self = .save(session)
    case .erase: self = .erase
    case .refresh(let request, _): self = .refresh(request)
    }
  }

  static func sessionInUse(_ number: UInt64) -> Told {
    .sessionInUse(SessionName(bits: number).text)
  }

  static func signedOut(_ reason: SessionRestoration.SignInReason) -> Told {
    .stateChanged(.signedOut(reason))
  }

  static func suspended(
    since: Int64, until retryAt: Int64, _ cause: SessionRestoration.Suspension.Cause
  ) -> Told {
    .stateChanged(.suspended(since: since, until: retryAt, cause))
  }

  /// The request that presents a session's refresh token with its key.
  static func refresh(_ session: StoredSession, before: Int64) -> Told {
    .refresh(
      SessionRestoration.RefreshRequest(
        secretToken: session.blob.refreshToken ?? SecretString("none"),
        secretKey: SecretString(session.blob.idempotencyKey.text), sendBefore: .receipt(before)))
  }

  /// The place of the kind in the order that every array keeps.
  var rank: Int {
    switch self {
    case .sessionInUse: 0
    case .stateChanged: 1
    case .accessRenewed: 2
    case .wake: 3
    case .sendRevocation: 4
    case .readStore, .save, .erase, .refresh: 5
    }
  }

  var isAwaited: Bool { rank == 5 }

  var isRefresh: Bool { if case .refresh = self { true } else { false } }
  var isSave: Bool { if case .save = self { true } else { false } }

  var wake: Int64? { if case .wake(let delay) = self { delay } else { nil } }
  var revoked: String? { if case .sendRevocation(let token) = self { token } else { nil } }
  var state: SessionRestoration.State? {
    if case .stateChanged(let state) = self { state } else { nil }
  }
}

extension SessionRestoration.Effect {
  /// The ticket, of the effects that an event answers.
  var ticket: SessionRestoration.Ticket? {
    switch self {
    case .readStore(let ticket), .save(_, let ticket), .erase(let ticket), .refresh(_, let ticket):
      ticket
    case .sessionInUse, .stateChanged, .accessRenewed, .wake, .sendRevocation: nil
    }
  }
}
