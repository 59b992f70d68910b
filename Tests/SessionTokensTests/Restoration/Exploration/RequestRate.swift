@testable import SessionTokens

/// Counts the requests of a machine that is told the time every second.
///
/// All ways are walked in which the scenario's fates can follow each other; of the ways that lead to
/// the same situation the one with the most requests goes on. The store answers at once.
struct RequestRate {
  private struct Situation: Hashable {
    var machine: Int
    var store: StoreContent
    /// The end of the pause that the server asked for.
    var restUntil: Int64 = 0
  }

  /// The most requests in each period since the launch.
  private(set) var requests: [Int] = []
  /// The most requests in the second of the launch.
  private(set) var requestsAtLaunch = 0
  /// How many situations there were.
  private(set) var situationCount = 0

  /// The sign-in, as it was at first.
  private var record = 0
  private let scenario: RequestRateScenario
  private let server: ExplorationServer
  private let machines: ExploredMachines
  /// The situations of the moment, with the most requests of the minute.
  private var situations: [Situation: Int] = [:]

  init(_ scenario: RequestRateScenario) throws {
    self.scenario = scenario
    let policy = try RotationPolicy(
      accessTTL: .seconds(600), refreshTTL: .seconds(scenario.refreshTTL))
    server = try ExplorationServer(policy)
    machines = ExploredMachines(
      server: server, configuration: .standard, jitter: scenario.jitter)
  }

  /// Walks period by period.
  mutating func walk() throws {
    let opening = try server.open(0, at: 0)
    record = opening.record
    let start = Situation(
      machine: machines.makeMachine(),
      store: machines.sessions.stored(opening.answer, withRefreshToken: true))
    try tell(.launched, start, count: 0, at: scenario.launch)
    requestsAtLaunch = situations.values.max() ?? 0
    for second in 1...(scenario.requests.count * scenario.period) {
      if second % scenario.period == 0 {
        requests.append(situations.values.max() ?? 0)
        for situation in situations.keys { situations[situation] = 0 }
      }
      let before = situations
      situations = [:]
      for (situation, count) in before {
        try pass(situation, count: count, at: scenario.launch + Int64(second))
      }
      try refuseWhatHasJustCome(at: scenario.launch + Int64(second))
      situationCount += situations.count
    }
  }

  /// A second passes, and perhaps a server answers 401.
  private mutating func pass(_ situation: Situation, count: Int, at time: Int64) throws {
    let refused =
      scenario.mayRefuseAccess
      ? machines.accessToken(of: situation.machine, at: time) : nil
    try tell(.timePassed, situation, count: count, at: time)
    guard let refused else { return }
    try tell(.accessRefused(accessToken: refused), situation, count: count, at: time)
  }

  /// A server answers 401 once more in the same second.
  private mutating func refuseWhatHasJustCome(at time: Int64) throws {
    guard scenario.mayRefuseAccess else { return }
    for (situation, count) in situations {
      guard let accessToken = machines.accessToken(of: situation.machine, at: time) else {
        continue
      }
      try tell(.accessRefused(accessToken: accessToken), situation, count: count, at: time)
    }
  }

  private mutating func tell(
    _ event: ExploredEvent, _ situation: Situation, count: Int, at time: Int64
  ) throws {
    let transition = machines.transition(situation.machine, event, at: time, launch: 1)
    if let violation = transition.violation { throw violation }
    var next = situation
    next.machine = transition.machine
    switch transition.effects.last {
    case nil, .revoke?: situations[next] = max(count, situations[next] ?? 0)
    case .erase?:
      next.store = .empty
      situations[next] = max(count, situations[next] ?? 0)
    case .readStore?: try tell(.read(next.store), next, count: count, at: time)
    case .save(let session, let ticket)?:
      next.store = .session(session)
      try tell(.saved(session: session, ticket: ticket), next, count: count, at: time)
    case .send(let request, let ticket)?:
      try ExplorationViolation.require(
        time >= next.restUntil, .retryAfterHonoured, "sent at \(time), not \(next.restUntil)")
      try ExplorationViolation.require(count < 200, .requestsAreFew, "without end at \(time)")
      for fate in scenario.fates {
        try meet(fate, request, ticket, next, count: count + 1, at: time)
      }
    }
  }

  private mutating func meet(
    _ fate: RequestRateScenario.Fate, _ request: Int, _ ticket: UInt64, _ situation: Situation,
    count: Int, at time: Int64
  ) throws {
    var next = situation
    let answer: Int
    switch fate {
    case .lost:
      situations[next] = max(count, situations[next] ?? 0)
      return
    case .unavailable(let retryAfter):
      let delay = retryAfter.map { Duration.seconds($0) }
      answer = server.answers.number(of: .unavailable(retryAfter: delay, code: nil))
      next.restUntil = time + min(retryAfter ?? 0, 86_400)
    case .rotated: answer = try rotate(request, at: time)
    case .dead: answer = dead(try rotate(request, at: time))
    }
    let event = ExploredEvent.answered(answer: answer, ticket: ticket)
    try tell(event, next, count: count, at: time)
  }

  /// New tokens of the same sign-in, whose history does not multiply the situations.
  private func rotate(_ request: Int, at time: Int64) throws -> Int {
    guard server.isLive(record, at: time) else {
      return try server.decide(request, record: record, at: time).answer
    }
    return try server.open(Int(time), at: time, isSignInOfStart: true).answer
  }

  /// The answer with an access token that has no life left.
  private func dead(_ answer: Int) -> Int {
    guard case .tokens(let response) = server.answers[answer] else { return answer }
    let dead = TokenResponse.sample(
      response.accessToken, expiresIn: .zero, refreshToken: response.refreshToken,
      refreshTokenExpiresIn: response.refreshTokenExpiresIn)
    return server.answers.number(of: .tokens(dead))
  }
}
