// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Logs, dumps and mirrors of the values of this room show no token, secret or key.
@Suite struct RotationRedactionTests {
  typealias Fixture = AuthorityFixture

  /// The parts of tokens and the texts of secrets that must not show.
  private func secrets(_ pair: TokenPair, _ record: SessionRecord?) -> [String] {
    let signatures = [pair.accessToken, pair.refreshToken].map { String($0.suffix(43)) }
    let secret = record.map { [Base64URLBytes.text($0.secret.bytes)] } ?? []
    return signatures + secret + ["eyJ", "SIMD", "user@example.com", "client-9", "kkkkkkkk"]
  }

  private func expectNothing<Value>(
    of secrets: [String], in value: Value, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for text in Disclosure.texts(of: value) {
      for secret in secrets {
        #expect(!text.contains(secret), "\(secret)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func `an opened session shows no secret`() throws {
    let session = try Fixture.authority().openSession(
      subject: "user@example.com", clientID: "client-9")
    expectNothing(of: secrets(session.tokens, session.record), in: session)
    expectNothing(of: secrets(session.tokens, session.record), in: session.record)
    expectNothing(of: secrets(session.tokens, session.record), in: session.tokens)
  }

  @Test func `a presented token shows no secret`() throws {
    let authority = try Fixture.authority()
    let (tokens, record) = try authority.openSession(
      subject: "user@example.com", clientID: "client-9")
    let presented = try authority.verifyRefresh(tokens.refreshToken)
    #expect(presented.description == "PresentedRefreshToken(sid: \(record.id), gen: 0)")
    #expect(presented.debugDescription == presented.description)
    #expect(Mirror(reflecting: presented).children.isEmpty)
    expectNothing(of: secrets(tokens, record) + [presented.id.text], in: presented)
  }

  @Test func `a result without a record shows no secret`() throws {
    let authority = try Fixture.authority()
    let opened = try authority.openSessionWithoutRecord(subject: "user@example.com")
    let result = authority.rotateWithoutRecord(
      opened.refreshToken, signedInSince: nil, claims: .empty)
    expectNothing(of: try secrets(result.get(), nil), in: result)
  }

  @Test func `a decision of each kind shows no secret, nor do its update and answer`() throws {
    let key = "kkkkkkkkkkkkkkkk"
    let (tokens, _) = try SessionOpeningTests.open()
    let record = try #require(
      Fixture.record(subject: "user@example.com", clientID: "client-9", keys: key))
    let update = SessionUpdate(expectedVersion: 8, record: record)
    let decisions: [(RotationDecision, String)] = [
      (.rotate(tokens, after: update), "rotate to \(record)"),
      (.replay(tokens), "replay \(tokens)"),
      (
        .revoke(.reuseDetected(behind: 1, age: .zero), after: update),
        "revoke \(record): reuse_detected"
      ),
      (.refuse(.wrongToken(field: "iss")), "refuse: wrong_token"),
    ]
    for (decision, description) in decisions {
      #expect(decision.description == description)
      #expect(decision.debugDescription == description)
      #expect(Mirror(reflecting: decision).children.isEmpty)
      expectNothing(of: secrets(tokens, record), in: decision)
      expectNothing(of: secrets(tokens, record), in: decision.answer)
      if let update = decision.update { expectNothing(of: secrets(tokens, record), in: update) }
    }
  }

  @Test func `an authority shows no secret`() throws {
    let secrets = [Fixture.accessSecret, Fixture.refreshSecret].map { Base64URLBytes.text($0) }
    expectNothing(
      of: secrets + ["\(Fixture.accessSecret)", "\(Fixture.refreshSecret)", "SIMD"],
      in: try Fixture.authority())
  }
}
