// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A response of the refresh endpoint; tokens are numbers.
enum ExploredAnswer: Hashable {
  case tokens(access: Int, life: Int64, refresh: Int?, refreshLife: Int64?)
  case refused(Refusal.Code)
  case unavailable(retryAfter: Int64?, code: Refusal.Code?)
  case unreachable

  /// The answer for the machine.
  ///
  /// Its tokens have short texts, since a machine never parses them.
  var real: RefreshAnswer {
    switch self {
    case .tokens(let access, let life, let refresh, let refreshLife):
      (try? TokenResponse(
        accessToken: "a\(access)", expiresIn: .seconds(life),
        refreshToken: refresh.map { "r\($0)" },
        refreshTokenExpiresIn: refreshLife.map { .seconds($0) })).map { .tokens($0) }
        ?? .unreachable
    case .refused(let code): .refused(code)
    case .unavailable(let retryAfter, let code):
      .unavailable(retryAfter: retryAfter.map { .seconds($0) }, code: code)
    case .unreachable: .unreachable
    }
  }
}

/// A refresh request as the server receives it.
struct ExploredRequest: Hashable {
  let refreshToken: Int
  let key: String
}

/// A source of numbers whose first numbers are given.
struct GivenNumbers: RandomNumberGenerator {
  private var first: [UInt64]
  private let rest: UInt64

  /// Draws the `first` numbers in order, then always `rest`.
  init(_ first: [UInt64], then rest: UInt64) {
    self.first = first.reversed()
    self.rest = rest
  }

  mutating func next() -> UInt64 { first.popLast() ?? rest }
}

/// The sign-in server.
///
/// It decides once for each request, record, and moment.
final class ExploredServer {
  enum Kind: Hashable, Sendable {
    /// The rotation code of this package.
    case sessionTokens
    /// A server of RFC 6749 that rotates refresh tokens and ignores idempotency keys.
    case rotating
    /// A server of RFC 6749 whose answers to a refresh have neither a refresh token nor its
    /// lifetime.
    case plain
  }

  /// The decision, and the record after it.
  struct Decision {
    let answer: Int
    let record: Int
    /// The number of generations by which the reuse that ended the session was behind.
    var reuse: Int64?
  }

  private enum Record: Hashable {
    case session(SessionRecord)
    case grant(ordinal: Int, generation: Int64, isRevoked: Bool)
  }

  private struct Question: Hashable {
    let request: Int
    let record: Int
    let time: Int64
  }

  private struct Opening: Hashable {
    let ordinal: Int
    let time: Int64
  }

  /// The moment of the first sign-in.
  static let epoch = NumericDate(clamping: 1_795_000_000)
  static let accessLife: Int64 = 600

  let kind: Kind
  private(set) var answers = Interner<ExploredAnswer>()
  private(set) var requests = Interner<ExploredRequest>()
  private var refreshTokens = Interner<String>()
  private var accessTokens = Interner<String>()
  private var records = Interner<Record>()
  private var authority: SessionAuthority
  private var decisions: [Question: Decision] = [:]
  private var openings: [Opening: (answer: Int, record: Int)] = [:]
  private var presented: [Int: PresentedRefreshToken] = [:]
  private var ordinals: [SessionID: Int] = [:]

  init(_ kind: Kind, window: Int64) throws {
    self.kind = kind
    let policy = try RotationPolicy(
      accessTTL: .seconds(Self.accessLife), refreshTTL: .seconds(window))
    let secrets = [UInt8(1), 2].map { Array(repeating: $0, count: 32) }
    authority = try SessionAuthority(
      issuer: "https://id.example.com", audience: "https://api.example.com",
      accessKeys: KeyRing(active: SigningKey(id: "a", secret: secrets[0])),
      refreshKeys: KeyRing(active: SigningKey(id: "r", secret: secrets[1])), policy: policy)
  }

  static func date(_ time: Int64) -> NumericDate { epoch + .seconds(time) }

  /// Opens the session of that ordinal.
  ///
  /// Each ordinal has a different user.
  func open(_ ordinal: Int, at time: Int64) throws -> (answer: Int, record: Int) {
    let question = Opening(ordinal: ordinal, time: time)
    if let opening = openings[question] { return opening }
    let opening: (answer: Int, record: Int)
    if kind == .sessionTokens {
      set(time)
      var generator = GivenNumbers([UInt64(ordinal)], then: UInt64(ordinal + 1))
      let (tokens, record) = try authority.openSession(
        subject: "user \(ordinal)", using: &generator)
      ordinals[record.id] = ordinal
      opening = (number(of: tokens.response), records.number(of: .session(record)))
    } else {
      opening = (
        grant(ordinal, 0, at: time, withRefreshToken: true),
        records.number(of: .grant(ordinal: ordinal, generation: 0, isRevoked: false))
      )
    }
    openings[question] = opening
    return opening
  }

  /// The session that a refresh token belongs to, and its generation.
  func origin(of refreshToken: Int) -> (ordinal: Int, generation: Int64) {
    if kind == .sessionTokens {
      guard let token = present(refreshToken) else { return (-1, -1) }
      return (ordinals[token.sessionID] ?? -1, token.generation)
    }
    let words = refreshTokens[refreshToken].split(separator: " ").compactMap { Int64($0) }
    return words.count == 2 ? (Int(words[0]), words[1]) : (-1, -1)
  }

  /// Decides on a request.
  func decide(_ request: Int, record: Int, at time: Int64) -> Decision {
    let question = Question(request: request, record: record, time: time)
    if let decision = decisions[question] { return decision }
    let decision: Decision =
      switch records[record] {
      case .session(let session): rotate(requests[request], session, record, at: time)
      case .grant(let ordinal, let generation, let isRevoked):
        grant(requests[request], record, ordinal, generation, isRevoked: isRevoked, at: time)
      }
    decisions[question] = decision
    return decision
  }

  /// True when the server would answer a request with tokens.
  func grants(_ request: Int, record: Int, at time: Int64) -> Bool {
    let decision = decide(request, record: record, at: time)
    return if case .tokens = answers[decision.answer] { true } else { false }
  }

  /// Ends a session, as does a revocation request with any of its refresh tokens.
  func revoke(_ record: Int, at time: Int64) -> Int {
    switch records[record] {
    case .session(let session):
      set(time)
      let update = authority.revoke(session, reason: .signedOut)
      return update.map { records.number(of: .session($0.record)) } ?? record
    case .grant(let ordinal, let generation, _):
      return records.number(of: .grant(ordinal: ordinal, generation: generation, isRevoked: true))
    }
  }

  /// True once the session was ended.
  func isRevoked(_ record: Int) -> Bool {
    switch records[record] {
    case .session(let session): session.revocationReason != nil
    case .grant(_, _, let isRevoked): isRevoked
    }
  }

  /// True when the refresh_ttl window is closed.
  func isClosed(_ record: Int, at time: Int64) -> Bool {
    guard case .session(let session) = records[record] else { return false }
    return Self.date(time) >= authority.refreshWindow(of: session).closesAt
  }

  func number(of answer: ExploredAnswer) -> Int { answers.number(of: answer) }
  func number(of request: ExploredRequest) -> Int { requests.number(of: request) }

  // MARK: This package's server

  private func rotate(
    _ request: ExploredRequest, _ session: SessionRecord, _ record: Int, at time: Int64
  ) -> Decision {
    guard let token = present(request.refreshToken) else {
      return Decision(answer: number(of: .refused(.malformed)), record: record)
    }
    set(time)
    let rotation = authority.rotate(
      token, record: session, idempotencyKey: request.key, claims: .empty)
    let answer =
      switch rotation.answer {
      case .success(let pair): number(of: pair.response)
      case .failure(let refusal): number(of: refusal)
      }
    // Records have one writer at a time here, so that the compare-and-swap always succeeds.
    guard let update = rotation.update, update.expectedVersion == session.version else {
      return Decision(answer: answer, record: record)
    }
    let isReuse = update.record.revocationReason == .reuseDetected
    return Decision(
      answer: answer, record: records.number(of: .session(update.record)),
      reuse: isReuse ? session.generation - token.generation : nil)
  }

  private func number(of response: TokenResponse) -> Int {
    number(
      of: .tokens(
        access: accessTokens.number(of: response.accessToken),
        life: response.expiresIn.clampedSeconds,
        refresh: response.refreshToken.map { refreshTokens.number(of: $0) },
        refreshLife: response.refreshTokenExpiresIn?.clampedSeconds))
  }

  /// The answer as it is read from the wire.
  private func number(of refusal: Refusal) -> Int {
    switch RefreshAnswer(status: refusal.statusCode, body: refusal.json.utf8) {
    case .refused(let code): number(of: .refused(code))
    case .unavailable(let retryAfter, let code):
      number(of: .unavailable(retryAfter: retryAfter?.clampedSeconds, code: code))
    case .tokens, .unreachable: number(of: .unreachable)
    @unknown default: number(of: .unreachable)
    }
  }

  private func present(_ refreshToken: Int) -> PresentedRefreshToken? {
    if let token = presented[refreshToken] { return token }
    let token = try? authority.verifyRefresh(refreshTokens[refreshToken])
    presented[refreshToken] = token
    return token
  }

  private func set(_ time: Int64) { authority.clock = .fixed(Self.date(time)) }

  // MARK: Servers of RFC 6749

  private func grant(
    _ ordinal: Int, _ generation: Int64, at time: Int64, withRefreshToken: Bool
  ) -> Int {
    number(
      of: .tokens(
        access: accessTokens.number(of: "\(ordinal) \(generation) \(time)"), life: Self.accessLife,
        refresh: withRefreshToken ? refreshTokens.number(of: "\(ordinal) \(generation)") : nil,
        refreshLife: nil))
  }

  private func grant(
    _ request: ExploredRequest, _ record: Int, _ ordinal: Int, _ generation: Int64,
    isRevoked: Bool, at time: Int64
  ) -> Decision {
    let token = origin(of: request.refreshToken)
    // "400 invalid_grant" (RFC 6749 §5.2), and no `refusal`.
    guard !isRevoked, token.ordinal == ordinal, token.generation == generation else {
      return Decision(answer: number(of: .refused(.invalidGrant)), record: record)
    }
    if kind == .plain {
      return Decision(
        answer: grant(ordinal, generation, at: time, withRefreshToken: false), record: record)
    }
    return Decision(
      answer: grant(ordinal, generation + 1, at: time, withRefreshToken: true),
      record: records.number(
        of: .grant(ordinal: ordinal, generation: generation + 1, isRevoked: false)))
  }
}
