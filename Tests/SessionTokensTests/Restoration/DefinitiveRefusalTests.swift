import Testing

@testable import SessionTokens

/// Only a definitive code signs out, and only after the store was seen to hold the same token.
@Suite struct DefinitiveRefusalTests {
  static let definitive: [Refusal.Code] = [
    .malformed, .badSignature, .retiredKey, .wrongToken, .unknownSession, .bindingMismatch,
    .revoked, .windowClosed, .superseded, .reuseDetected, .expired, .signedInBefore,
  ]

  static let others: [Refusal.Code] = [
    .clockSkew, .unknownKey, .unusableClaims,
  ]

  @Test(arguments: definitive)
  func `a definitive code signs out once the same token was seen in the store`(
    _ code: Refusal.Code
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.tell(.answered(.numbered(1), .refused(code))) == [.readStore])
    #expect(driver.state == .refreshing)
    #expect(
      driver.tell(.storeRead(.found(.numbered(1)))) == [
        .erase, .stateChanged(.signedOut(.refused(code))),
      ])
    #expect(driver.access == .signIn(.refused(code)))
  }

  @Test(arguments: others)
  func `any other code suspends and keeps the tokens`(_ code: Refusal.Code) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(
      driver.tell(.answered(.numbered(1), .refused(code))) == .suspending(at: 1_000))
    #expect(driver.tell(.timePassed, at: 1_001) == [.stateChanged(.refreshing), .readStore])
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == .sending(.numbered(1), 2))
  }

  @Test func `the codes that end a session are those of the refusals that do`() {
    let refusals: [Refusal] = [
      .malformed, .badSignature, .unknownKey, .retiredKey, .wrongToken(field: "typ"),
      .unknownSession,
      .bindingMismatch, .revoked(.signedOut), .clockSkew, .windowClosed(by: .idle), .superseded,
      .reuseDetected(behind: 1, age: .zero), .expired, .signedInBefore, .unusableClaims,
    ]
    for refusal in refusals { #expect(refusal.code.isDefinitive == refusal.isDefinitive) }
    #expect(Set(refusals.filter(\.isDefinitive).map(\.code)) == Set(Self.definitive))
  }

  @Test func `while the access token lives it is in use until the refusal is certain`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.tell(.answered(.numbered(1), .refused(.revoked)))
    #expect(driver.access == .attach(accessToken: "access-1"))
    driver.tell(.storeRead(.found(.numbered(1))))
    #expect(driver.access == .signIn(.refused(.revoked)))
  }

  @Test func `another token in the store is adopted, and the refusal forgotten`() {
    var driver = RestorationMoment.readingBeforeSignOut.driver()
    #expect(
      driver.tell(.storeRead(.found(.numbered(2, receivedAt: 990))))
        == [.stateChanged(.active), .accessRenewed])
  }

  @Test func `another token in the store that has ended is adopted and sent`() {
    var driver = RestorationMoment.readingBeforeSignOut.driver()
    let found = StoredSession.numbered(2, receivedAt: 50)
    #expect(driver.tell(.storeRead(.found(found))) == .sending(found, 2))
  }

  @Test func `a session of the same refresh token in the store is refused as well`() {
    var driver = RestorationMoment.readingBeforeSignOut.driver()
    let found = StoredSession(
      accessToken: "access-9", expiresIn: .seconds(900), refreshToken: "refresh-1",
      refreshTokenExpiresIn: nil, receivedAt: .receipt(995), idempotencyKey: "another-process-key")
    #expect(
      driver.tell(.storeRead(.found(found))) == [
        .erase, .stateChanged(.signedOut(.refused(.revoked))),
      ])
  }

  @Test func `an empty store signs out without a second erasure`() {
    var driver = RestorationMoment.readingBeforeSignOut.driver()
    #expect(driver.tell(.storeRead(.empty)) == [.stateChanged(.signedOut(.signedOutByUser))])
  }

  @Test func `a corrupt store signs out and is left as it is`() {
    var driver = RestorationMoment.readingBeforeSignOut.driver()
    #expect(driver.tell(.storeRead(.corrupt)) == [.stateChanged(.signedOut(.storeCorrupt))])
  }

  @Test func `a locked store suspends, and the token is sent once more`() {
    var driver = RestorationMoment.readingBeforeSignOut.driver()
    #expect(driver.tell(.storeRead(.locked)) == .suspending(at: 1_000))
    #expect(driver.tell(.timePassed, at: 1_001) == [.stateChanged(.refreshing), .readStore])
    #expect(driver.tell(.storeRead(.found(.numbered(1)))) == .sending(.numbered(1), 2))
  }
}
