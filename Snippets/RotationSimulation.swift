// SPDX-License-Identifier: Apache-2.0

// Four ways to rotate refresh tokens, side by side, on the same users, network and thieves.
//
//   swift run RotationSimulation [seed]
//
// Each device refreshes somewhat more than once a day. One response in twenty is lost, and the app
// tries again after seconds, hours or days. Several processes of the app share one store, and now
// and then two of them refresh at once. From a few devices somebody steals a refresh token, key
// included: from the store, or from a request on its way.

import SessionTokens

// MARK: What is simulated

let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
let deviceCount: UInt64 = 150
let months: Int64 = 3
let month: Int64 = 30 * 86_400
let accessLifetime: Int64 = 900
let grace: Int64 = 120
let lostResponsePercent = 5
let secondProcessPercent = 5
let theftPercentPerMonth = 10

// MARK: What a server does

/// What a client keeps: a refresh token, and the key it made for the next use of it.
struct Grant {
  var token: String
  var key: String
  var accessEnds: Int64
}

enum Answer {
  case tokens(refresh: String, accessEnds: Int64)
  /// Not now: try again later.
  case unavailable
  /// This token can never be used again; the session goes on without it.
  case superseded
  /// Reuse was found, or had been: the session is over for everybody.
  case ended
}

/// One session on a server.
protocol RefreshServer {
  init(at now: Int64, using random: inout Randomness) throws
  var firstAnswer: Answer { get }
  mutating func refresh(_ token: String, key: String, at now: Int64) throws -> Answer
}

/// This package: the store is one record, replaced by compare-and-swap.
struct WithKeys: RefreshServer {
  private var authority: SessionAuthority
  private var record: SessionRecord
  let firstAnswer: Answer

  init(at now: Int64, using random: inout Randomness) throws {
    authority = try SessionAuthority(
      issuer: "https://id.example", audience: "https://api.example",
      accessKeys: KeyRing(active: .random(id: "access", using: &random)),
      refreshKeys: KeyRing(active: .random(id: "refresh", using: &random)),
      policy: RotationPolicy(
        accessTTL: .seconds(accessLifetime), refreshTTL: .seconds(2 * months * month),
        retryGrace: .seconds(grace)),
      clock: .fixed(NumericDate(clamping: now)))
    let session = try authority.openSession(subject: "user", using: &random)
    record = session.record
    firstAnswer = Self.answer(session.tokens)
  }

  mutating func refresh(_ token: String, key: String, at now: Int64) throws -> Answer {
    authority.clock = .fixed(NumericDate(clamping: now))
    let presented = try authority.verifyRefresh(token)
    let decision = authority.rotate(
      presented, record: record, idempotencyKey: key, claims: .empty)
    if let update = decision.update { record = update.record }
    switch decision.answer {
    case .success(let pair): return Self.answer(pair)
    case .failure(.superseded): return .superseded
    case .failure(let refusal): return refusal.isDefinitive ? .ended : .unavailable
    }
  }

  private static func answer(_ pair: TokenPair) -> Answer {
    .tokens(refresh: pair.refreshToken, accessEnds: pair.accessExpiresAt.secondsSinceEpoch)
  }
}

/// A family of opaque tokens that are numbered in the order they are made.
struct Family {
  private(set) var newest = 0
  /// When each token was used; `nil` while it was not.
  private var uses: [Int64?] = [nil]
  private(set) var hasEnded = false

  mutating func use(_ token: String, at now: Int64) -> (number: Int, earlier: Int64?) {
    let number = Int(token) ?? 0
    defer { uses[number] = now }
    return (number, uses[number])
  }

  mutating func mint(at now: Int64) -> Answer {
    newest = uses.count
    uses.append(nil)
    return newestToken(at: now)
  }

  func newestToken(at now: Int64) -> Answer {
    hasEnded ? .ended : .tokens(refresh: String(newest), accessEnds: now + accessLifetime)
  }

  mutating func end() -> Answer {
    hasEnded = true
    return .ended
  }
}

/// Every second use of a token ends the session.
struct Strict: RefreshServer {
  private var family = Family()
  let firstAnswer: Answer

  init(at now: Int64, using _: inout Randomness) {
    firstAnswer = family.newestToken(at: now)
  }

  mutating func refresh(_ token: String, key _: String, at now: Int64) -> Answer {
    if family.hasEnded { return .ended }
    let (_, earlier) = family.use(token, at: now)
    return earlier == nil ? family.mint(at: now) : family.end()
  }
}

/// Within the grace a second use makes another child, and both children live on.
struct Forking: RefreshServer {
  private var family = Family()
  private var firstUses: [Int: Int64] = [:]
  let firstAnswer: Answer

  init(at now: Int64, using _: inout Randomness) {
    firstAnswer = family.newestToken(at: now)
  }

  mutating func refresh(_ token: String, key _: String, at now: Int64) -> Answer {
    if family.hasEnded { return .ended }
    let (number, _) = family.use(token, at: now)
    let firstUse = firstUses[number] ?? now
    firstUses[number] = firstUse
    return now < firstUse + grace ? family.mint(at: now) : family.end()
  }
}

/// Within the grace a second use gets the newest token, and the grace begins again.
struct Reopening: RefreshServer {
  private var family = Family()
  let firstAnswer: Answer

  init(at now: Int64, using _: inout Randomness) {
    firstAnswer = family.newestToken(at: now)
  }

  mutating func refresh(_ token: String, key _: String, at now: Int64) -> Answer {
    if family.hasEnded { return .ended }
    let (_, earlier) = family.use(token, at: now)
    guard let earlier else { return family.mint(at: now) }
    return now < earlier + grace ? family.newestToken(at: now) : family.end()
  }
}

// MARK: Who uses it

/// SplitMix64: the same numbers for the same seed.
struct Randomness: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  mutating func chance(percent: Int) -> Bool { Int64.random(in: 0..<100, using: &self) < percent }

  mutating func seconds(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &self) }

  /// An idempotency key, as the app makes one for each token it stores.
  mutating func key() -> String {
    String(next() | 1 << 63, radix: 16) + String(next() | 1 << 63, radix: 16)
  }

  /// From one use of the app to the next.
  mutating func pause() -> Int64 {
    chance(percent: 60) ? seconds(3_600...57_600) : seconds(57_600...130_000)
  }

  /// From a lost response to the next try.
  mutating func retryDelay() -> Int64 {
    switch seconds(1...100) {
    case 1...60: seconds(2...60)
    case 61...75: seconds(60...3_600)
    case 76...92: seconds(3_600...86_400)
    default: seconds(86_400...432_000)
    }
  }
}

/// Somebody who has a copy of a grant.
struct Thief<Server> {
  let stoleAt: Int64
  /// Repeats the request that worked every hundred seconds, to keep a grace open.
  let isPatient: Bool
  var request: Grant
  var newest: Grant
  /// The session that was robbed, once the user has another.
  var formerServer: Server?
  var nextAt: Int64
  var servedUntil: Int64?
  /// When a request of the thief's raised the alarm.
  var foundAt: Int64?
  var used: Set<String> = []
}

/// What became of the users and the thieves.
struct Tally {
  var logouts = 0
  var thefts = 0
  /// Thefts that brought the thief a token.
  var successes = 0
  /// From a theft that brought something to the alarm that it raised.
  var delaysToDetection: [Int64] = []
  var secondsServed: Int64 = 0
}

/// One device, its user, and perhaps a thief.
struct Device<Server: RefreshServer> {
  private var random: Randomness
  private var server: Server
  private var store: Grant
  private var now: Int64 = 1_800_000_000
  private var theftAt: Int64
  private let stealsInTransit: Bool
  private var thief: Thief<Server>?
  private(set) var tally = Tally()

  init(seed: UInt64) throws {
    random = Randomness(seed: seed)
    let isRobbed = random.chance(percent: theftPercentPerMonth * Int(months))
    theftAt = isRobbed ? now + random.seconds(1...months * month) : .max
    stealsInTransit = random.chance(percent: 50)
    server = try Server(at: now, using: &random)
    store = Grant(token: "", key: "", accessEnds: now)
    save(server.firstAnswer)
  }

  mutating func run() throws {
    let end = now + months * month
    var nextUse = now + random.pause()
    while nextUse < end {
      if theftAt < nextUse, !stealsInTransit { steal(at: theftAt, firstUse: 60...86_400) }
      if let thief, thief.nextAt < nextUse {
        now = thief.nextAt
        try misuse()
      } else {
        now = nextUse
        nextUse = now + (try use() ? random.pause() : random.retryDelay())
      }
    }
    closeCase(isDetected: thief?.foundAt != nil)
  }

  /// Refreshes from the store; false when no answer came.
  private mutating func use() throws -> Bool {
    let request = store
    if theftAt <= now, stealsInTransit { steal(at: now, firstUse: 5...100) }
    var answers = [try server.refresh(request.token, key: request.key, at: now)]
    if random.chance(percent: secondProcessPercent) {
      let moment = now + random.seconds(0...4)
      answers.append(try server.refresh(request.token, key: request.key, at: moment))
    }
    answers.removeAll { _ in random.chance(percent: lostResponsePercent) }
    guard let answer = answers.first else { return false }
    switch answer {
    case .tokens: save(answer)
    case .unavailable: return false
    case .superseded: try signInAgain(after: request, isSessionOver: false)
    case .ended: try signInAgain(after: request, isSessionOver: true)
    }
    return true
  }

  private mutating func save(_ answer: Answer) {
    if case .tokens(let token, let accessEnds) = answer {
      store = Grant(token: token, key: random.key(), accessEnds: accessEnds)
    }
  }

  /// The user has to sign in: because of the thief, if that one raised the alarm or has used the
  /// user's token, and else for nothing.
  ///
  /// A session that isn't over stays with the thief.
  private mutating func signInAgain(after request: Grant, isSessionOver: Bool) throws {
    let isRobbed = thief.map { $0.formerServer == nil } ?? false
    let isTheft = thief.map { $0.foundAt != nil || $0.used.contains(request.token) } ?? false
    if !isRobbed || !isTheft { tally.logouts += 1 }
    if isRobbed, isSessionOver { closeCase(isDetected: isTheft) }
    if isRobbed, !isSessionOver { thief?.formerServer = server }
    server = try Server(at: now, using: &random)
    save(server.firstAnswer)
  }

  private mutating func steal(at moment: Int64, firstUse: ClosedRange<Int64>) {
    theftAt = .max
    thief = Thief(
      stoleAt: moment, isPatient: random.chance(percent: 50), request: store, newest: store,
      formerServer: nil, nextAt: moment + random.seconds(firstUse), servedUntil: nil)
  }

  /// The thief wants an access token that works: a patient one repeats what was answered before,
  /// and only when that no longer helps uses the newest token it got.
  private mutating func misuse() throws {
    guard var thief else { return }
    var answer = try self.answer(to: &thief)
    if thief.servedUntil != nil, !isFresh(answer) {
      thief.request = thief.newest
      answer = try self.answer(to: &thief)
    }
    thief.nextAt = .max
    if case .tokens(let token, let accessEnds) = answer {
      if thief.newest.token != token {
        thief.newest = Grant(token: token, key: random.key(), accessEnds: accessEnds)
      }
      if !thief.isPatient { thief.request = thief.newest }
      tally.secondsServed += max(0, accessEnds - max(now, thief.servedUntil ?? now))
      thief.servedUntil = max(accessEnds, thief.servedUntil ?? now)
      thief.nextAt = now + (thief.isPatient ? grace - 20 : accessLifetime)
    }
    if case .ended = answer { thief.foundAt = now }
    self.thief = thief
  }

  private mutating func answer(to thief: inout Thief<Server>) throws -> Answer {
    let (token, key) = (thief.request.token, thief.request.key)
    thief.used.insert(token)
    return try thief.formerServer?.refresh(token, key: key, at: now)
      ?? server.refresh(token, key: key, at: now)
  }

  private func isFresh(_ answer: Answer) -> Bool {
    if case .tokens(_, let accessEnds) = answer { accessEnds > now } else { false }
  }

  private mutating func closeCase(isDetected: Bool) {
    guard let thief else { return }
    tally.thefts += 1
    if thief.servedUntil != nil {
      tally.successes += 1
      if isDetected { tally.delaysToDetection.append((thief.foundAt ?? now) - thief.stoleAt) }
    }
    self.thief = nil
  }
}

// MARK: The table

func tally<Server: RefreshServer>(_: Server.Type) throws -> Tally {
  var total = Tally()
  for number in 1...deviceCount {
    var device = try Device<Server>(seed: seed &* 1_000_003 &+ number)
    try device.run()
    total.logouts += device.tally.logouts
    total.thefts += device.tally.thefts
    total.successes += device.tally.successes
    total.delaysToDetection += device.tally.delaysToDetection
    total.secondsServed += device.tally.secondsServed
  }
  return total
}

func time(_ seconds: Int64) -> String {
  seconds < 7_200 ? "\((seconds + 30) / 60) min" : "\((seconds + 1_800) / 3_600) h"
}

func row(_ name: String, _ tally: Tally) -> [String] {
  let deviceMonths = Int(deviceCount) * Int(months)
  let delays = tally.delaysToDetection.sorted()
  let successes = max(1, tally.successes)
  return [
    name, "\(tally.logouts * 1_000 / deviceMonths)", "\(tally.thefts)", "\(tally.successes)",
    "\(delays.count * 100 / successes) %", delays.isEmpty ? "-" : time(delays[delays.count / 2]),
    time(tally.secondsServed / Int64(successes)),
  ]
}

let rows = [
  ["", "honest users", "thefts", "thefts that", "of these", "median time", "a thief's access"],
  ["", "logged out *", "", "got a token", "detected", "to detection", "on average"],
  row("this package", try tally(WithKeys.self)),
  row("strict, no grace", try tally(Strict.self)),
  row("a grace that forks", try tally(Forking.self)),
  row("a grace that re-opens", try tally(Reopening.self)),
]

print("\(deviceCount) devices for \(months) months, seed \(seed)")
print("\(lostResponsePercent) % of responses lost, \(theftPercentPerMonth) % robbed in a month\n")
for row in rows {
  let cells = row.indices.map { column in
    let width = rows.map { $0[column].count }.max() ?? 0
    let padding = String(repeating: " ", count: width - row[column].count)
    return column == 0 ? row[column] + padding : padding + row[column]
  }
  print(cells.joined(separator: "   "))
}
print("\n* per 1,000 device-months")
