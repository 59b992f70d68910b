import Testing

@testable import SessionTokens

/// Events, effects and access compare their tokens by bytes, and all else that they carry.
@Suite struct RestorationEqualityTests {
  private typealias Machine = SessionRestoration

  private static let texts = [Distinct.composed, Distinct.decomposed]
  private static let tickets: [Machine.Ticket] = [.numbered(1), .numbered(2)]

  private static func session(_ token: String) -> StoredSession {
    StoredSession(
      accessToken: token, expiresIn: .seconds(900), refreshToken: "r", refreshTokenExpiresIn: nil,
      receivedAt: .receipt(0), idempotencyKey: "kkkkkkkkkkkkkkkk")
  }

  private static func response(_ token: String) -> TokenResponse {
    .sample(token, refreshToken: nil, refreshTokenExpiresIn: nil)
  }

  private static var requests: [Machine.RefreshRequest] {
    texts.flatMap { token in
      texts.map { Machine.RefreshRequest(refreshToken: token, idempotencyKey: $0) }
    }
  }

  @Test func `requests`() {
    #expect(Distinct.confusions { Self.requests }.isEmpty)
  }

  @Test func `access`() {
    let confusions = Distinct.confusions {
      Self.texts.map { Machine.Access.attach(accessToken: $0) }
        + [.wait, .signIn(.neverSignedIn), .signIn(.storeCorrupt)]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `events`() {
    let confusions = Distinct.confusions { () -> [Machine.Event] in
      let readings: [StoredSession.Reading] =
        [.empty, .locked] + Self.texts.map { .found(Self.session($0)) }
      let answers: [RefreshAnswer] =
        ["a", "b"].map { .tokens(Self.response($0)) }
        + Self.texts.map { .refused(Refusal.Code(rawValue: $0)) }
        + Self.texts.map { .unavailable(retryAfter: nil, code: Refusal.Code(rawValue: $0)) }
        + [.unavailable(retryAfter: nil, code: nil), .unavailable(retryAfter: .zero, code: nil)]
        + [.unreachable]
      return readings.map { .storeRead($0) } + Self.tickets.map { .saved($0) }
        + Self.tickets.map { .saveFailed($0) }
        + Self.tickets.flatMap { ticket in answers.map { .answered(ticket, $0) } }
        + ["a", "b"].map { .signedIn(Self.response($0)) }
        + Self.texts.map { .accessRefused(accessToken: $0) }
        + [.launched, .timePassed, .signedOutByUser]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `effects`() {
    let confusions = Distinct.confusions { () -> [Machine.Effect] in
      Self.tickets.flatMap { ticket in
        Self.texts.map { .save(Self.session($0), ticket) }
          + Self.requests.map { .send($0, ticket) }
      } + [.wake(after: .seconds(1)), .wake(after: .seconds(2))]
        + [.stateChanged(.active), .stateChanged(.refreshing)]
        + Self.texts.map { .sendRevocation(refreshToken: $0) }
        + [.readStore, .erase, .accessRenewed]
    }
    #expect(confusions.isEmpty)
  }
}
