import SessionTokens

/// An honest device: it keeps the token with the key of its next use, and repeats both until an
/// answer comes.
struct Device {
  private let server: SignInServer
  private var random: SoakRandom
  private(set) var id: SessionID
  private(set) var refreshToken: String
  private(set) var key: String
  /// What was sent for the generations before, newest first: late copies of it are still under way.
  private var sent: [(token: String, key: String)] = []

  init(_ server: SignInServer, seed: UInt64) async throws {
    self.server = server
    random = SoakRandom(seed: seed)
    let session = try await server.open("user-\(seed)")
    id = session.id
    refreshToken = session.tokens.refreshToken
    key = random.idempotencyKey()
  }

  /// Refreshes, several processes of the app at once, while late copies arrive; messages are lost.
  mutating func refresh() async {
    let processCount = random.once(in: 3) ? 4 : 1
    while true {
      let late = random.once(in: 4) ? sent.randomElement(using: &random) : nil
      let answers = await present(processCount, late: late)
      // Each process keeps what comes, and the last save counts: all of them are the same.
      let arrived = answers.filter { _ in !random.once(in: 10) }
      for refusal in arrived.compactMap(\.refusal) where refusal.isDefinitive {
        await server.ledger.report(.honestDeviceRefused(code: refusal.code.rawValue))
        return
      }
      guard let pair = arrived.compactMap(\.pair).first else { continue }
      // A late copy is late by four generations at most: three here, and the refresh beside it.
      sent = [(refreshToken, key)] + sent.prefix(2)
      refreshToken = pair.refreshToken
      key = random.idempotencyKey()
      return
    }
  }

  private func present(
    _ count: Int, late: (token: String, key: String)?
  ) async -> [SignInServer.Answer] {
    await withTaskGroup(of: SignInServer.Answer.self) { group in
      for _ in 0..<count {
        group.addTask { [server, refreshToken, key] in
          await server.refresh(refreshToken, key: key)
        }
      }
      if let late {
        group.addTask { [server] in
          // A copy's answer reaches nobody; that it harms nobody is what counts.
          _ = await server.refresh(late.token, key: late.key)
          return nil
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// Signs out while a refresh is under way; from then on nothing is handed out.
  mutating func signOut() async {
    async let last = server.refresh(refreshToken, key: key)
    await server.signOut(id)
    _ = await last
    await server.ledger.count(.signedOut)
    if case .success? = await server.refresh(refreshToken, key: key) {
      await server.ledger.report(.tokensAfterSignOut)
    }
    await leave()
  }

  /// A thief has a copy of the token, and at times of the key: once both were served, the session
  /// ends within one more refresh of each.
  mutating func beRobbed() async {
    await server.ledger.count(.stolen)
    let hasKey = random.once(in: 2)
    var thief = (token: refreshToken, key: hasKey ? key : random.idempotencyKey())
    var owner = (token: refreshToken, key: key)
    for _ in 0..<3 {
      async let first = served(thief)
      async let second = served(owner)
      let (robbed, honest) = await (first, second)
      guard case .success(let his) = robbed, case .success(let mine) = honest else {
        await leave()
        return
      }
      thief = (his.refreshToken, random.idempotencyKey())
      owner = (mine.refreshToken, random.idempotencyKey())
    }
    await server.ledger.report(.theftUnnoticed)
    await leave()
  }

  /// Asks until there is an answer.
  private func served(
    _ request: (token: String, key: String)
  ) async -> Result<TokenPair, Refusal> {
    while true {
      if let answer = await server.refresh(request.token, key: request.key) { return answer }
      await Task.yield()
    }
  }

  /// The row and what is known of it are dropped, so that memory stays as it is.
  private func leave() async {
    await server.store.delete(id)
    await server.ledger.forget(id)
  }
}

extension SignInServer.Answer {
  fileprivate var pair: TokenPair? {
    if case .success(let pair)? = self { pair } else { nil }
  }

  fileprivate var refusal: Refusal? {
    if case .failure(let refusal)? = self { refusal } else { nil }
  }
}
