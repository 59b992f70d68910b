// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// One fault at each moment, and from then on a world in which store, server and clock are well.
@Suite struct WellWorldTests {
  /// A store and a server that work as requested.
  private struct World {
    var item: StoredSession?
    var requests = 0
    var revoked: [String] = []

    /// Reports that time has passed, once a minute for 20 minutes, and performs the effects.
    mutating func settle(_ driver: inout RestorationDriver) {
      for minute in 1...20 as ClosedRange<Int64> {
        var told = driver.tell(.timePassed, at: driver.time + (minute == 1 ? 2 : 60))
        // An event requests at most six effects.
        for _ in 0..<6 { told = perform(told, &driver) }
      }
    }

    private mutating func perform(_ told: [Told], _ driver: inout RestorationDriver) -> [Told] {
      revoked += told.compactMap(\.revoked)
      switch told.last {
      case .readStore:
        return driver.read(item.map { .found($0) } ?? .empty)
      case .save(let session):
        item = session
        return driver.saved()
      case .erase:
        item = nil
        return driver.erased()
      case .refresh:
        requests += 1
        return driver.answer(.tokens(50 + requests))
      case .sessionInUse, .stateChanged, .accessRenewed, .wake, .sendRevocation, nil:
        return []
      }
    }
  }

  /// The moments after which session 1 has ended.
  private static let ended: [RestorationMoment] = [
    .readingBeforeErase, .erasing, .pausingErase, .marking, .pausingMark, .readingBeforeRefusal,
  ]

  private static let twoLies = "the store reads torn, then empty"

  /// The faults that may happen once without ending a session, by name.
  private static let oddities:
    [(name: String, happen: @Sendable (inout RestorationDriver) -> Void)] = [
      ("nothing", { _ in }),
      ("an hour of silence", { $0.tell(.timePassed, at: $0.time + 3_600) }),
      ("the store is locked", { $0.read(.locked) }),
      ("the store reads empty", { $0.read(.empty) }),
      ("the store reads torn", { $0.read(.corrupt) }),
      (
        twoLies,
        {
          $0.read(.corrupt)
          $0.tell(.timePassed, at: $0.time + 2)
          $0.read(.empty)
        }
      ),
      ("a save fails", { $0.saveFailed() }),
      ("an erase fails", { $0.eraseFailed() }),
      ("no response", { $0.answer(.unreachable) }),
      ("a wait of a day", { $0.answer(.retryAfter(86_400)) }),
      ("tokens without life", { $0.answer(.tokens(40, lifetime: 0)) }),
      ("a 401", { $0.tell(.accessRefused(accessToken: "access-1")) }),
      ("another launch", { $0.tell(.launched) }),
      ("a retry that is asked for", { $0.tell(.retryRequested) }),
      (
        "a thousand retries",
        { driver in for _ in 0..<1_000 { driver.tell(.retryRequested) } }
      ),
      ("the clock is set back by an hour", { $0.tell(.timePassed, at: $0.time - 3_600) }),
      (
        "the clock is 400 days ahead and back again",
        {
          let time = $0.time
          $0.tell(.timePassed, at: time + 34_560_000)
          $0.tell(.timePassed, at: time)
        }
      ),
    ]

  @Test(arguments: RestorationMoment.allCases, [false, true])
  func `after any one fault the session comes back, or stays ended if it has ended`(
    _ moment: RestorationMoment, _ sharesStore: Bool
  ) throws {
    let configuration = try SessionRestoration.Configuration(sharesStore: sharesStore)
    for (name, happen) in Self.oddities {
      var driver = moment.driver(configuration: configuration)
      if moment == .idle { driver.tell(.launched, at: 1_000) }
      // Two wrong readings in a row count, so that no refusal ends the session in the store.
      if Self.ended.contains(moment), name == Self.twoLies { continue }
      happen(&driver)
      var world = World(item: .numbered(1))
      world.settle(&driver)
      if Self.ended.contains(moment) {
        guard case .signedOut = driver.state else {
          Issue.record("\(name): \(driver.state)")
          continue
        }
        #expect(world.item?.blob.spentBy != nil || world.item == nil, "\(name)")
        #expect(world.requests == 0, "\(name)")
      } else {
        #expect(driver.state == .active, "\(name)")
        #expect(world.item?.blob == driver.machine.memory.session?.newest, "\(name)")
        // One for each lifetime of 900 s in 20 minutes and in the fault, and one more.
        #expect(world.requests <= 4, "\(name)")
      }
      #expect(driver.machine.memory.pause == nil, "\(name)")
    }
  }

  // MARK: Tokens that a server has superseded

  @Test(arguments: [RestorationMoment.awaitingAnswer, .awaitingEarly])
  func `a newer token in the store is used instead of the superseded one`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    driver.answer(.refused(.superseded))
    driver.read(.numbered(2, receivedAt: 800), at: 850)
    #expect(driver.state == .active)
    #expect(driver.access == .attach(accessToken: "access-2"))
  }

  @Test func `a spent token isn't sent, whatever the event`() {
    let spent = StoredSession.numbered(1, spentBy: .superseded)
    var world = World(item: spent)
    var driver = RestorationDriver()
    for event in [SessionRestoration.Event.launched, .retryRequested, .timePassed, .launched] {
      driver.tell(event, at: driver.time + 10)
      world.settle(&driver)
    }
    #expect(world.requests == 0)
    #expect(world.item == spent)
    driver.tell(.signedOutByUser)
    world.settle(&driver)
    #expect(world.item == nil)
    #expect(world.revoked == [])
  }

  @Test func `another process's newer token brings the user back after a spent one`() {
    var driver = RestorationDriver()
    driver.launch(.found(.numbered(1, spentBy: .superseded)), at: 1_000)
    driver.tell(.timePassed, at: 1_010)
    driver.read(.numbered(3, receivedAt: 1_005))
    #expect(driver.state == .active)
  }

  // MARK: Saves that were reported as failed

  @Test(arguments: [RestorationMoment.pausingUnsavedSignIn, .savingSignIn, .savingUnsavedSignIn])
  func `a sign-in that was saved after all yields to another process's rotation of it`(
    _ moment: RestorationMoment
  ) {
    var driver = moment.driver()
    let rotated = StoredSession.numbered(4, session: 2, signedInAt: 1_000, receivedAt: 1_040)
    var world = World(item: rotated)
    // The answer to the save never comes.
    driver.tell(.timePassed, at: 1_061)
    world.settle(&driver)
    #expect(driver.state == .active)
    #expect(world.item?.blob.name == SessionName(bits: 2))
    #expect(world.revoked == [])
  }

  @Test func `rotated tokens that were saved after all are the newest, for another process too`() {
    var driver = RestorationMoment.pausingUnsaved.driver()
    var world = World(item: .renewed(2, at: 1_000))
    driver.tell(.timePassed, at: 1_002)
    driver.read(.renewed(2, at: 1_000))
    #expect(driver.machine.memory.session?.attempted == nil)
    world.settle(&driver)
    #expect(driver.state == .active)
  }

  // MARK: Signing out

  @Test(arguments: RestorationMoment.allCases)
  func
    `a sign-out at any moment is told to the server with the newest token, and empties the store`(
      _ moment: RestorationMoment
    )
  {
    guard moment != .marking, moment != .pausingMark else { return }
    var driver = moment.driver()
    var world = World(item: RestorationMoment.readEmpty.contains(moment) ? nil : .numbered(1))
    let newest = driver.machine.memory.session?.newest.refreshToken?.text
    let told = driver.tell(.signedOutByUser, at: max(driver.time, 1_000))
    world.revoked = told.compactMap(\.revoked)
    world.settle(&driver)
    #expect(driver.state == .signedOut(.signedOutByUser))
    #expect(world.item == nil)
    #expect(driver.machine.memory.ended.revoked != nil)
    if let newest, !RestorationMoment.readingEnd.contains(moment) {
      #expect(world.revoked.contains(newest))
    }
    #expect(world.requests == 0)
  }

  @Test
  func `a sign-out and a sign-in before the first reading end one session and save the other`() {
    var driver = RestorationMoment.opening.driver()
    driver.tell(.signedOutByUser, at: 1_001)
    driver.signIn(2, at: 1_002)
    var world = World(item: .numbered(1))
    world.settle(&driver)
    #expect(driver.state == .active)
    #expect(world.item?.blob.name == SessionName(bits: 2))
    #expect(world.revoked.contains("refresh-1"))
    #expect(!world.revoked.contains("refresh-2"))
  }

  @Test func `a second sign-in before the first was saved revokes the first`() {
    var driver = RestorationMoment.readingSignIn.driver()
    let told = driver.signIn(3, at: 1_002)
    #expect(told.compactMap(\.revoked) == ["refresh-2"])
    var world = World()
    world.settle(&driver)
    #expect(world.item?.blob.name == SessionName(bits: 3))
  }
}

extension RestorationMoment {
  /// The moments of a sign-in that has found the store empty.
  fileprivate static let readEmpty: [RestorationMoment] = [
    .savingSignIn, .pausingUnsavedSignIn, .readingUnsavedSignIn, .savingUnsavedSignIn,
  ]

  /// The moments in which the session was sent to the server before.
  fileprivate static let readingEnd: [RestorationMoment] = [
    .readingBeforeErase, .erasing, .pausingErase,
  ]
}
