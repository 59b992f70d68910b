// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Promise A2: requests are bounded, whatever server and app do.
///
/// An adversary chooses, from a seed, the app's events, the clock's movement, and the server's
/// answers. It knows the causes of a request: an access token that has ended, a 401, a clock set
/// back to before the receipt, a pause that ends.
@Suite struct RequestRateTests {
  /// 20 at once and one for each 90 s: `20 + 3_600 / 90`.
  static let maximumInAnHour = 60

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `an hour of forward time sees at most 60 requests`(_ seed: UInt64) throws {
    var run = RequestRateRun(seed: seed, hasRetries: false)
    try run.walk(eventCount: 1_500)
    let maximum = run.maximumInAnHour
    #expect(maximum <= Self.maximumInAnHour, "a2RequestsAreBounded")
  }

  /// The bound is reached, so that the test above would notice a violation.
  @Test func `an adversary reaches 60 requests in an hour`() throws {
    var run = RequestRateRun(seed: 1, hasRetries: false)
    try run.exhaust()
    #expect(run.maximumInAnHour == Self.maximumInAnHour)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `requests on the app's demand are a second apart, or five after a response`(
    _ seed: UInt64
  ) throws {
    var run = RequestRateRun(seed: seed, hasRetries: true)
    try run.walk(eventCount: 1_500)
    #expect(run.tooEarly == 0, "a2RequestsAreBounded")
    #expect(run.retryCount > 0)
  }

  /// Each second the app reports that connectivity is back, and no response comes.
  @Test func `a request is sent within a second if the last attempt got no response`() throws {
    var run = RequestRateRun(seed: 1, hasRetries: true)
    let count = try run.retry(.unreachable, seconds: 120)
    #expect(count == 121)
  }

  /// The first pause, the machine's own, is shorter.
  @Test func `a request is sent every five seconds if the server responds`() throws {
    var run = RequestRateRun(seed: 1, hasRetries: true)
    let count = try run.retry(.unavailable(retryAfter: nil, code: nil), seconds: 120)
    #expect(count == 26, "\(run.moments)")
  }

  @Test func `a pause that the server requested isn't ended early`() throws {
    var run = RequestRateRun(seed: 1, hasRetries: true)
    let count = try run.retry(.unavailable(retryAfter: .seconds(60), code: nil), seconds: 179)
    #expect(count == 3)
  }
}

/// An app, a server, and a clock that cause as many requests as they can.
private struct RequestRateRun {
  private var machine = SessionRestoration()
  private var generator: SeededGenerator
  private let hasRetries: Bool
  private var now = ExploredServer.epoch
  /// The forward movement of the clock.
  private var forward: Int64 = 0
  private var content: StoredSession.Reading = .empty
  private var tokenCount = 0
  /// The moments of requests, by forward movement; those that a retry caused are separate.
  private var sent: [Int64] = []
  private(set) var retryCount = 0
  private(set) var tooEarly = 0
  /// The moment at which the last attempt failed, by forward movement, and whether it got a
  /// response.
  private var failure: (at: Int64, hasResponse: Bool)?
  /// The minimum lifetime of access tokens.
  private let shortestLife: Int64 = 240
  private var fixedAnswer: RefreshAnswer?
  private var alwaysGrants = false

  init(seed: UInt64, hasRetries: Bool) {
    generator = SeededGenerator(seed: seed)
    self.hasRetries = hasRetries
  }

  var moments: String { "\(sent), retries: \(retried), too early: \(tooEarly)" }
  private var retried: [Int64] = []

  /// The maximum number of requests in any 3,600 s.
  var maximumInAnHour: Int {
    var first = 0
    var maximum = 0
    for place in sent.indices {
      while sent[place] - sent[first] > 3_600 { first += 1 }
      maximum = max(maximum, place - first + 1)
    }
    return maximum
  }

  mutating func walk(eventCount: Int) throws {
    try begin()
    for _ in 0..<eventCount {
      switch draw(10) {
      case 0, 1: advance(1)
      case 2: advance(Int64(draw(100)))
      case 3: advance(-Int64(draw(3)))
      case 4: advance(draw(20) == 0 ? -100_000 : 600)
      case 5:
        if case .attach(let token) = machine.access(at: now) {
          try tell(.accessRefused(accessToken: token))
        }
      case 6 where hasRetries: try tell(.retryRequested)
      case 7 where draw(40) == 0: try tell(.signedIn(try tokens(life: 600)))
      default: try tell(.timePassed)
      }
    }
  }

  /// Sets the clock back to before the receipt of each answer, so that each is followed by a
  /// request; then answers 401 as often as requests are allowed.
  mutating func exhaust() throws {
    alwaysGrants = true
    try begin()
    for _ in 0..<19 {
      advance(-1)
      try tell(.timePassed)
    }
    for _ in 0..<40 {
      advance(90)
      if case .attach(let token) = machine.access(at: now) {
        try tell(.accessRefused(accessToken: token))
      }
    }
  }

  /// Requests a retry each second, and returns the number of requests.
  mutating func retry(_ answer: RefreshAnswer, seconds: Int) throws -> Int {
    fixedAnswer = answer
    try begin()
    for _ in 0..<seconds {
      advance(1)
      try tell(.retryRequested)
    }
    return sent.count + retryCount
  }

  private mutating func begin() throws {
    var stored = SessionRestoration()
    for case .readStore(let ticket) in stored.handle(
      .signedIn(try tokens(life: 600)), at: now, using: &generator)
    {
      for case .save(let session, _) in stored.handle(
        .storeRead(ticket, .empty), at: now, using: &generator)
      {
        content = .found(session)
      }
    }
    advance(700)
    try tell(.launched)
  }

  private mutating func draw(_ bound: UInt64) -> UInt64 { generator.next() % bound }

  private mutating func advance(_ seconds: Int64) {
    now = now + .seconds(seconds)
    forward += max(0, seconds)
  }

  private mutating func tokens(life: Int64) throws -> TokenResponse {
    tokenCount += 1
    return try TokenResponse(
      accessToken: "a\(tokenCount)", expiresIn: .seconds(life), refreshToken: "r\(tokenCount)",
      refreshTokenExpiresIn: nil)
  }

  private mutating func answer() throws -> RefreshAnswer? {
    if let fixedAnswer { return fixedAnswer }
    return switch alwaysGrants ? 7 : draw(8) {
    case 0: nil
    case 1, 2: .unreachable
    case 3: .unavailable(retryAfter: nil, code: nil)
    case 4: .unavailable(retryAfter: .seconds(Int64(draw(30))), code: nil)
    default: .tokens(try tokens(life: shortestLife + Int64(draw(100))))
    }
  }

  /// Passes an event to the machine, and performs its effects at once.
  private mutating func tell(_ first: SessionRestoration.Event) throws {
    var next: SessionRestoration.Event? = first
    var stepCount = 0
    while let event = next {
      stepCount += 1
      guard stepCount <= 100 else {
        Issue.record("the machine wants one effect after another, without an end")
        return
      }
      next = nil
      let budget = machine.memory.budget
      let effects = machine.handle(event, at: now, using: &generator)
      switch effects.last {
      case .readStore(let ticket)?: next = .storeRead(ticket, content)
      case .save(let session, let ticket)?:
        if !alwaysGrants, draw(10) == 0 {
          next = .saveFailed(ticket)
        } else {
          content = .found(session)
          next = .saved(ticket)
        }
      case .erase(let ticket)?:
        content = .empty
        next = .erased(ticket)
      case .refresh(_, let ticket)?:
        note(isRetry: machine.memory.budget == budget)
        guard let answer = try answer() else { return }
        switch answer {
        case .tokens: failure = nil
        case .unreachable: failure = (forward, false)
        case .refused, .unavailable: failure = (forward, true)
        @unknown default: failure = (forward, true)
        }
        next = .answered(ticket, answer)
      case .sessionInUse?, .stateChanged?, .accessRenewed?, .wake?, .sendRevocation?, nil: break
      }
    }
  }

  private mutating func note(isRetry: Bool) {
    guard isRetry else {
      sent.append(forward)
      return
    }
    retryCount += 1
    retried.append(forward)
    if let failure, forward - failure.at < (failure.hasResponse ? 5 : 1) { tooEarly += 1 }
  }
}
