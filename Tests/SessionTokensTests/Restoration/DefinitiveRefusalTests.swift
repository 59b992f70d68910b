// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rule 5: a definitive refusal counts once a reading shows that the store holds the refused token.
@Suite struct DefinitiveRefusalTests {
  /// The codes that end the session.
  static let ofTheSession: [Refusal.Code] = [
    .malformed, .badSignature, .retiredKey, .wrongToken, .unknownSession, .bindingMismatch,
    .revoked, .windowClosed, .reuseDetected, .expired, .signedInBefore,
  ]

  /// The codes that end the token: another process may have stored a newer one.
  static let ofTheToken: [Refusal.Code] = [
    .superseded, Refusal.Code(rawValue: "invalid_grant"),
    Refusal.Code(rawValue: "a_code_of_tomorrow"), Refusal.Code(rawValue: "REVOKED"),
    Refusal.Code(rawValue: "revoked "), Refusal.Code(rawValue: ""),
  ]

  @Test(arguments: ofTheSession)
  func `a code that ends the session erases the store that still holds the token`(
    _ code: Refusal.Code
  ) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(.refused(code)) == [.readStore])
    #expect(driver.state == .refreshing)
    #expect(driver.read(.numbered(1)) == [.signedOut(.refused(code)), .erase])
    #expect(driver.access == .signIn(.refused(code)))
    #expect(driver.erased() == [])
    #expect(driver.tell(.timePassed, at: 1_001) == [.readStore])
    #expect(driver.read(.empty) == [])
  }

  @Test(arguments: ofTheToken)
  func `a code that ends the token saves it as spent, and a relaunch reports it again`(
    _ code: Refusal.Code
  ) {
    let spent = StoredSession.numbered(1, spentBy: code)
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(driver.answer(.refused(code)) == [.readStore])
    #expect(driver.read(.numbered(1)) == [.signedOut(.refused(code)), .save(spent)])
    #expect(driver.access == .signIn(.refused(code)))
    #expect(driver.saved() == [])
    #expect(driver.tell(.timePassed, at: 1_001) == [.readStore])
    #expect(driver.read(spent) == [])
    var relaunched = RestorationDriver()
    #expect(
      relaunched.launch(StoredSession.Reading(bytes: spent.bytes), at: 2_000)
        == [.signedOut(.refused(code))])
  }

  @Test(arguments: [64, 65, 200_000])
  func `a code that is longer than a response may have isn't stored`(_ count: Int) throws {
    let code = Refusal.Code(rawValue: String(repeating: "x", count: count))
    var driver = RestorationMoment.awaitingAnswer.driver()
    driver.answer(.refused(code))
    guard case .save(let spent) = driver.read(.numbered(1)).last else {
      Issue.record("the token isn't marked as spent")
      return
    }
    let read = try StoredSession(parsing: spent.bytes)
    #expect(read.blob.spentBy == (count <= 64 ? code : .invalidGrant))
  }

  @Test(arguments: [Refusal.Code.clockSkew, .unknownKey])
  func `a code that is not definitive suspends and keeps the tokens`(_ code: Refusal.Code) {
    var driver = RestorationMoment.awaitingAnswer.driver()
    #expect(
      driver.answer(.refused(code))
        == [.suspended(since: 1_000, until: 1_001, .server(code)), .wake(1)])
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.refresh(.numbered(1), before: 1_061)])
  }

  @Test func `a valid access token stays in use until the refusal is certain`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    driver.answer(.refused(.revoked))
    #expect(driver.access == .attach(accessToken: "access-1"))
    driver.read(.numbered(1))
    #expect(driver.access == .signIn(.refused(.revoked)))
  }

  /// The refresh token, the access token, or the key differs: another process has stored it since.
  @Test(arguments: [
    StoredSession.numbered(2, receivedAt: 990), .numbered(1, receivedAt: 990, key: 9),
    .numbered(2, receivedAt: 990).withRefreshToken("refresh-1", expiresIn: nil),
    .numbered(2, session: 2, receivedAt: 990),
  ])
  func `another blob in the store is adopted, and the refusal is forgotten`(_ found: StoredSession)
  {
    var driver = RestorationMoment.readingBeforeRefusal.driver()
    driver.read(found)
    #expect(driver.state == .active)
    #expect(driver.access == .attach(accessToken: found.blob.accessToken.text))
    #expect(driver.tell(.timePassed, at: 1_100) == [])
  }

  @Test func `another blob in the store whose access token has ended is adopted and sent`() {
    var driver = RestorationMoment.readingBeforeRefusal.driver()
    let found = StoredSession.numbered(2, receivedAt: 50)
    #expect(driver.read(found) == [.refresh(found, before: 1_060)])
  }

  /// Tokens 2 were never saved, and were refused.
  private static func refusedInMemory(_ code: Refusal.Code) -> RestorationDriver {
    var driver = RestorationMoment.awaitingInMemory.driver()
    driver.answer(.refused(code))
    return driver
  }

  @Test func `a refusal of tokens that were never saved counts if the store is unchanged`() {
    var driver = Self.refusedInMemory(.revoked)
    #expect(driver.read(.numbered(1)) == [.signedOut(.refused(.revoked)), .erase])
    var other = Self.refusedInMemory(.superseded)
    #expect(
      other.read(.numbered(1)) == [
        .signedOut(.refused(.superseded)),
        .save(.renewed(2, at: 1_000).spent(by: .superseded)),
      ])
  }

  @Test func `a refusal of tokens that were never saved is forgotten if the store has others`() {
    var driver = Self.refusedInMemory(.revoked)
    driver.read(.numbered(3, receivedAt: 1_800))
    #expect(driver.access == .attach(accessToken: "access-3"))
  }

  @Test func `an empty store is neither erased nor marked`() {
    for code in [Refusal.Code.revoked, .superseded] {
      var driver = RestorationMoment.savingSignIn.driver()
      driver.saveFailed()
      driver.tell(.timePassed, at: 1_900)
      driver.read(.empty)
      driver.saveFailed()
      driver.read(.empty)
      driver.answer(.refused(code))
      #expect(driver.read(.empty) == [.signedOut(.refused(code))])
    }
  }

  @Test func `a corrupt blob is erased if the session ended, and left if only the token did`() {
    for code in [Refusal.Code.revoked, .superseded] {
      var driver = RestorationMoment.readingSignIn.driver()
      driver.read(.corrupt)
      driver.saveFailed()
      driver.tell(.timePassed, at: 1_900)
      driver.read(.corrupt)
      driver.saveFailed()
      driver.read(.corrupt)
      driver.answer(.refused(code))
      #expect(
        driver.read(.corrupt) == [.signedOut(.refused(code))] + (code == .revoked ? [.erase] : []))
    }
  }

  @Test func `a mark that couldn't be saved is tried again if the blob is still there`() {
    let spent = StoredSession.numbered(1, spentBy: .superseded)
    var driver = RestorationMoment.pausingMark.driver()
    #expect(driver.tell(.timePassed, at: 1_000) == [.wake(1)])
    #expect(driver.tell(.timePassed, at: 1_001) == [.wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.save(spent)])
    #expect(driver.saved() == [])
    #expect(driver.tell(.timePassed, at: 1_002) == [.readStore])
  }

  @Test func `a mark isn't saved over a blob that another process has stored since`() {
    var driver = RestorationMoment.pausingMark.driver()
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.read(.numbered(2, receivedAt: 990)) == [.stateChanged(.active)])
    var other = RestorationMoment.pausingMark.driver()
    other.tell(.timePassed, at: 1_001)
    #expect(other.read(.empty) == [])
    #expect(other.tell(.timePassed, at: 1_002) == [.readStore])
  }

  @Test func `a mark isn't given up if the blob is corrupt once`() {
    var driver = RestorationMoment.pausingMark.driver()
    driver.tell(.timePassed, at: 1_001)
    driver.read(.corrupt)
    driver.tell(.timePassed, at: 1_003)
    #expect(
      driver.read(.numbered(1)).last == .save(.numbered(1, spentBy: .superseded)))
  }

  @Test func `a mark is given up if the blob stays corrupt`() {
    var driver = RestorationMoment.pausingMark.driver()
    driver.tell(.timePassed, at: 1_001)
    #expect(driver.read(.corrupt) == [.wake(2)])
    driver.tell(.timePassed, at: 1_003)
    #expect(driver.read(.corrupt) == [])
    #expect(driver.tell(.timePassed, at: 1_004) == [.readStore])
  }

  @Test func `a refusal is kept through a read that is not answered, and nothing is sent`() {
    var driver = RestorationMoment.readingBeforeRefusal.driver()
    #expect(
      driver.tell(.timePassed, at: 1_060)
        == [.suspended(since: 1_060, until: 1_060, .store), .wake(60), .readStore])
    #expect(driver.read(.numbered(1)) == [.signedOut(.refused(.revoked)), .erase])
  }

  @Test func `a refusal is checked even if a clock set back makes the access token younger`() {
    var driver = RestorationMoment.awaitingEarly.driver()
    #expect(driver.answer(.refused(.superseded), at: 500).last == .readStore)
    driver.read(.numbered(1))
    #expect(driver.state == .signedOut(.refused(.superseded)))
  }
}
