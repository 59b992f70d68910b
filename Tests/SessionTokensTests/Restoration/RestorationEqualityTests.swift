// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Events, effects and access compare all their values, and tokens by bytes.
@Suite struct RestorationEqualityTests {
  private typealias Machine = SessionRestoration

  private static let texts = [Distinct.composed, Distinct.decomposed]
  private static let tickets: [Machine.Ticket] = [
    .numbered(1), .numbered(2), .numbered(1, machine: 1),
  ]

  private static func session(_ token: String) -> StoredSession {
    StoredSession.numbered(1).withRefreshToken(token, expiresIn: nil)
  }

  private static func response(_ token: String) -> TokenResponse {
    .sample(token, refreshToken: nil, refreshTokenExpiresIn: nil)
  }

  private static var requests: [Machine.RefreshRequest] {
    texts.flatMap { token in
      texts.map { key in
        Machine.RefreshRequest(
          secretToken: SecretString(token), secretKey: SecretString(key), sendBefore: .receipt(0))
      }
    } + [
      Machine.RefreshRequest(
        secretToken: SecretString(texts[0]), secretKey: SecretString(texts[0]),
        sendBefore: .receipt(1))
    ]
  }

  @Test func `no two different requests are equal`() {
    #expect(Distinct.confusions { Self.requests }.isEmpty)
  }

  @Test func `no two different values of access are equal`() {
    let confusions = Distinct.confusions {
      Self.texts.map { Machine.Access.attach(accessToken: $0) }
        + [.wait, .signIn(.neverSignedIn), .signIn(.storeCorrupt)]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different events are equal`() {
    let confusions = Distinct.confusions { () -> [Machine.Event] in
      let readings: [StoredSession.Reading] =
        [.empty, .locked] + Self.texts.map { .found(Self.session($0)) }
      let answers: [RefreshAnswer] =
        ["a", "b"].map { .tokens(Self.response($0)) }
        + Self.texts.map { .refused(Refusal.Code(rawValue: $0)) }
        + Self.texts.map { .unavailable(retryAfter: nil, code: Refusal.Code(rawValue: $0)) }
        + [.unavailable(retryAfter: nil, code: nil), .unavailable(retryAfter: .zero, code: nil)]
        + [.unreachable]
      return Self.tickets.flatMap { ticket in readings.map { .storeRead(ticket, $0) } }
        + Self.tickets.map { .saved($0) }
        + Self.tickets.map { .saveFailed($0) } + Self.tickets.map { .erased($0) }
        + Self.tickets.map { .eraseFailed($0) }
        + Self.tickets.flatMap { ticket in answers.map { .answered(ticket, $0) } }
        + ["a", "b"].map { .signedIn(Self.response($0)) }
        + Self.texts.map { .accessRefused(accessToken: $0) }
        + [.launched, .timePassed, .retryRequested, .signedOutByUser]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different effects are equal`() {
    let confusions = Distinct.confusions { () -> [Machine.Effect] in
      var effects: [Machine.Effect] = [
        .wake(after: .seconds(1)), .wake(after: .seconds(2)), .stateChanged(.active),
        .stateChanged(.refreshing), .accessRenewed,
      ]
      for ticket in Self.tickets {
        effects += Self.texts.map { .save(Self.session($0), ticket) }
        effects += Self.requests.map { .refresh($0, ticket) }
        effects += [.readStore(ticket), .erase(ticket)]
      }
      effects += Self.texts.map { .sendRevocation(refreshToken: $0) }
      effects += Self.texts.map { .sessionInUse(name: $0) }
      return effects
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different states or suspensions are equal`() {
    let confusions = Distinct.confusions { () -> [Machine.State] in
      let causes: [Machine.Suspension.Cause] =
        [.unreachable, .store, .server(nil)]
        + Self.texts.map { .server(Refusal.Code(rawValue: $0)) }
      let reasons: [Machine.SignInReason] =
        [.neverSignedIn, .signedOutByUser, .storeCorrupt, .noRefreshToken]
        + Self.texts.map { .refused(Refusal.Code(rawValue: $0)) }
      return [.starting, .refreshing, .active] + reasons.map { .signedOut($0) }
        + [0, 1].map { .storeLocked(since: .receipt($0)) }
        + causes.map { .suspended(since: 0, until: 1, $0) }
        + [.suspended(since: 1, until: 1, .store), .suspended(since: 0, until: 2, .store)]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different tickets are equal`() {
    #expect(Distinct.confusions { Self.tickets }.isEmpty)
  }
}
