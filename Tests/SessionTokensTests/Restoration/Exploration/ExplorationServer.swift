@testable import SessionTokens

/// The sign-in server: the real rotation code, which decides once for each token, key, record and
/// moment.
final class ExplorationServer {
  /// What was decided, and the record from then on.
  struct Decision {
    let answer: Int
    let record: Int
    let isReuse: Bool
  }

  private struct Question: Hashable {
    let request: Int
    let record: Int
    let time: Int64
  }

  /// The moment of the first sign-in.
  static let epoch = NumericDate(clamping: 1_795_000_000)

  var answers = Interner<RefreshAnswer>()
  var requests = Interner<SessionRestoration.RefreshRequest>()
  var refreshTokens = Interner<String>()
  private var records = Interner<SessionRecord>()
  private var authority: SessionAuthority
  private var decisions: [Question: Decision] = [:]
  private var openings: [[Int64]: (answer: Int, record: Int)] = [:]
  private var presented: [Int: PresentedRefreshToken] = [:]
  private var ordinals: [SessionID: Int] = [:]

  init(_ policy: RotationPolicy) throws {
    let secrets = [UInt8(1), 2].map { Array(repeating: $0, count: 32) }
    authority = try SessionAuthority(
      issuer: "https://id.example.com", audience: "https://api.example.com",
      accessKeys: KeyRing(active: SigningKey(id: "a", secret: secrets[0])),
      refreshKeys: KeyRing(active: SigningKey(id: "r", secret: secrets[1])), policy: policy)
  }

  /// Opens the session of that ordinal, for a user who signed in then or at the very first moment.
  func open(
    _ ordinal: Int, at time: Int64, isSignInOfStart: Bool = false
  ) throws -> (answer: Int, record: Int) {
    if let opening = openings[[Int64(ordinal), time]] { return opening }
    set(time)
    var generator = ExplorationGenerator(jitter: UInt64(ordinal), ordinal: ordinal + 1)
    let (tokens, record) = try authority.openSession(
      subject: "user", authenticatedAt: isSignInOfStart ? Self.epoch : nil, using: &generator)
    ordinals[record.id] = ordinal
    let answer = RefreshAnswer(status: 200, body: tokens.response.json.utf8)
    let opening = (answers.number(of: answer), records.number(of: record))
    openings[[Int64(ordinal), time]] = opening
    return opening
  }

  /// Which session a refresh token belongs to, and of which generation it is.
  func origin(of refreshToken: Int) throws(Refusal) -> (ordinal: Int, generation: Int64) {
    let token = try present(refreshToken)
    return (ordinals[token.sessionID] ?? -1, token.generation)
  }

  /// Decides on a request.
  func decide(_ request: Int, record: Int, at time: Int64) throws(Refusal) -> Decision {
    let question = Question(request: request, record: record, time: time)
    if let decision = decisions[question] { return decision }
    set(time)
    let sent = requests[request]
    let rotation = authority.rotate(
      try present(refreshTokens.number(of: sent.refreshToken)), record: records[record],
      idempotencyKey: sent.idempotencyKey, claims: .empty)
    var decision = Decision(answer: answer(rotation.answer), record: record, isReuse: false)
    // The swap: records have one writer at a time here, so that it always holds.
    if let update = rotation.update, update.expectedVersion == records[record].version {
      let isReuse = update.record.revocationReason == .reuseDetected
      decision = Decision(
        answer: decision.answer, record: records.number(of: update.record), isReuse: isReuse)
    }
    decisions[question] = decision
    return decision
  }

  /// Ends a session as the user's sign-out does.
  func revoke(_ record: Int, at time: Int64) -> Int {
    set(time)
    let update = authority.revoke(records[record], reason: .signedOut)
    return update.map { records.number(of: $0.record) } ?? record
  }

  /// True while the session was not ended and can be refreshed.
  func isLive(_ record: Int, at time: Int64) -> Bool {
    let window = authority.refreshWindow(of: records[record])
    return !isRevoked(record) && Self.date(time) < window.closesAt
  }

  /// True once the session was ended.
  func isRevoked(_ record: Int) -> Bool { records[record].revocationReason != nil }

  /// A moment by a clock that shows `time`.
  static func date(_ time: Int64) -> NumericDate { epoch + .seconds(time) }

  private func present(_ refreshToken: Int) throws(Refusal) -> PresentedRefreshToken {
    if let token = presented[refreshToken] { return token }
    let token = try authority.verifyRefresh(refreshTokens[refreshToken])
    presented[refreshToken] = token
    return token
  }

  private func answer(_ result: Result<TokenPair, Refusal>) -> Int {
    switch result {
    case .success(let pair):
      answers.number(of: RefreshAnswer(status: 200, body: pair.response.json.utf8))
    case .failure(let refusal):
      answers.number(of: RefreshAnswer(status: refusal.statusCode, body: refusal.json.utf8))
    }
  }

  private func set(_ time: Int64) { authority.clock = .fixed(Self.date(time)) }
}
