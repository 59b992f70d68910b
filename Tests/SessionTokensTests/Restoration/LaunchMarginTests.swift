import Testing

@testable import SessionTokens

@Suite struct LaunchMarginTests {
  /// Configured margin, lifetime of the access token, margin that counts.
  static let table: [(Int64, Int64, Int64)] = [
    (60, 900, 60), (60, 241, 60), (60, 240, 60), (60, 239, 59), (60, 200, 50), (60, 100, 25),
    (60, 9, 2), (60, 8, 2), (60, 7, 1), (60, 4, 1), (60, 3, 0), (60, 2, 0), (60, 1, 0),
    (0, 900, 0), (1, 900, 1), (225, 900, 225), (226, 900, 225), (3_600, 900, 225),
    (3_600, 14_399, 3_599), (3_600, 14_400, 3_600), (3_600, 86_400, 3_600),
    (3_600, 253_402_300_799, 3_600),
  ]

  @Test(arguments: table)
  func `the margin is what is configured, and at most a quarter of the lifetime`(
    _ configured: Int64, _ lifetime: Int64, _ margin: Int64
  ) throws {
    let configuration = try SessionRestoration.Configuration(margin: .seconds(configured))
    let session = StoredSession.numbered(1, lifetime: lifetime, refreshLifetime: nil)
    for left in Set([1, margin, margin + 1, lifetime]) where 1...lifetime ~= left {
      // Receipt far enough back that no moment of the table is beyond the year 9999.
      let received = StoredSession(
        accessToken: "access-1", expiresIn: session.expiresIn, refreshToken: "refresh-1",
        refreshTokenExpiresIn: nil, receivedAt: .minimum, idempotencyKey: session.idempotencyKey)
      var machine = SessionRestoration(configuration: configuration)
      let now = NumericDate(clamping: lifetime - left)
      _ = machine.handle(.launched, at: now)
      let effects = machine.handle(.storeRead(.found(received)), at: now)
      let early = [SessionRestoration.Effect].sending(session, 1)
      #expect(effects == [.stateChanged(.active)] + (left <= margin ? early : []), "\(left) s left")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 60] as [Int64])
  func `a token that has just come is never renewed at once`(_ lifetime: Int64) {
    var driver = RestorationDriver()
    #expect(
      driver.launch(.found(.numbered(1, lifetime: lifetime)), at: 0) == [.stateChanged(.active)])
  }

  @Test func `a token that came with no life is renewed at once`() {
    var driver = RestorationDriver()
    #expect(
      driver.launch(.found(.numbered(1, lifetime: 0)), at: 0)
        == [.stateChanged(.refreshing)] + .sending(.numbered(1), 1))
  }

  @Test(arguments: [(0, 900), (-1, 901), (1, 899), (899, 1), (900, 0), (901, -1)])
  func `the life left counts from receipt`(_ time: Int64, _ left: Int64) {
    let expected: Duration? = time < 0 ? nil : .seconds(left)
    #expect(StoredSession.numbered(1).accessLifeLeft(at: .receipt(time)) == expected)
  }
}
