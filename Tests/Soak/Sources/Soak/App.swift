// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// An honest device: the processes of one app on one store, each with its own machine, which save,
/// lose answers and are killed at random.
///
/// The store is read and written by one process at a time, as the documented lock requires.
/// Requests of several processes are under way at once.
struct App {
  /// A request that a process sends, and the recipient of its answer.
  private struct Sending {
    let process: Int
    let request: SessionRestoration.RefreshRequest
    let ticket: SessionRestoration.Ticket
  }

  /// Some hours of pauses: longer than any failure here.
  private static let maximumRounds = 200

  private let server: SignInServer
  private let configuration: SessionRestoration.Configuration
  private var random: SoakRandom
  /// The device's clock, which no server knows.
  private var now = NumericDate(clamping: 1_000_000_000)
  private(set) var id: SessionID
  /// The store: the bytes of one item.
  private var item: [UInt8]?
  private var processes: [SessionRestoration] = []
  /// The requests of previous generations, newest first: late copies of them are still under way.
  private var sent: [SessionRestoration.RefreshRequest] = []

  /// Opens a session on the server and signs in.
  init(_ server: SignInServer, seed: UInt64) async throws {
    self.server = server
    configuration = try SessionRestoration.Configuration(sharesStore: true)
    random = SoakRandom(seed: seed)
    let session = try await server.open("user-\(seed)")
    id = session.id
    processes = [SessionRestoration(configuration: configuration)]
    _ = await tell(.signedIn(session.tokens.response), process: 0)
    // A process that is killed before a sign-in is saved has never been signed in.
    for _ in 0..<Self.maximumRounds where item == nil {
      now = now + .seconds(60)
      _ = await tell(.timePassed, process: 0)
    }
    if item == nil { await server.ledger.report(.deadEnd(state: "a sign-in is not saved")) }
  }

  // MARK: Refreshing

  /// Lets the access token end and some processes be killed, and refreshes until all are active
  /// again.
  mutating func refresh() async {
    now = now + .seconds(900)
    let processCount = random.once(in: 3) ? 4 : 1
    var sendings: [Sending] = []
    for process in 0..<processCount {
      let isNew = process >= processes.count || random.once(in: 4)
      if isNew { launch(process) }
      sendings += await tell(isNew ? .launched : .timePassed, process: process)
    }
    processes.removeSubrange(processCount...)
    await settle(sendings)
  }

  /// Performs requests, and lets time pass, until no process waits for an access token.
  private mutating func settle(_ first: [Sending]) async {
    var sendings = first
    for _ in 0..<Self.maximumRounds {
      if sendings.isEmpty {
        if processes.allSatisfy({ $0.state == .active }) { return }
        now = now + .seconds(60)
        for process in processes.indices { sendings += await tell(.timePassed, process: process) }
        continue
      }
      let answers = await present(sendings)
      let answered = sendings
      sendings = []
      for (sending, answer) in zip(answered, answers) {
        sendings += await tell(.answered(sending.ticket, answer), process: sending.process)
      }
    }
    await server.ledger.report(.deadEnd(state: "\(processes.map { $0.state })"))
  }

  /// Sends the requests at once, beside a late copy of an older one; some answers are lost.
  private mutating func present(_ sendings: [Sending]) async -> [RefreshAnswer] {
    let late = random.once(in: 4) ? sent.randomElement(using: &random) : nil
    let answers = await withTaskGroup(of: (Int, RefreshAnswer)?.self) { group in
      for (index, sending) in sendings.enumerated() {
        group.addTask { [server] in (index, await server.answer(sending.request)) }
      }
      if let late {
        group.addTask { [server] in
          // A copy's answer reaches nobody; it must only do no harm.
          _ = await server.answer(late)
          return nil
        }
      }
      return await group.reduce(into: [Int: RefreshAnswer]()) { answers, answer in
        if let answer { answers[answer.0] = answer.1 }
      }
    }
    for sending in sendings where sent.first?.refreshToken != sending.request.refreshToken {
      // A late copy is late by four generations at most: three here, and the refresh beside it.
      sent = [sending.request] + sent.prefix(2)
    }
    return sendings.indices.map { index in
      random.once(in: 10) ? .unreachable : answers[index] ?? .unreachable
    }
  }

  // MARK: One process

  /// A process is killed, or is new, and starts from the content of the store.
  private mutating func launch(_ process: Int) {
    let machine = SessionRestoration(configuration: configuration)
    if process < processes.count { processes[process] = machine } else { processes.append(machine) }
  }

  /// Passes an event to a process's machine and does the store work that follows.
  private mutating func tell(_ event: SessionRestoration.Event, process: Int) async -> [Sending] {
    var next: SessionRestoration.Event? = event
    while let event = next {
      next = nil
      for effect in processes[process].handle(event, at: now, using: &random) {
        switch effect {
        case .readStore(let ticket):
          next = .storeRead(ticket, StoredSession.Reading(bytes: item))
        case .save(let session, let ticket):
          next = await save(session) ? .saved(ticket) : .saveFailed(ticket)
        case .erase(let ticket):
          item = nil
          next = .erased(ticket)
        case .refresh(let request, let ticket):
          return [Sending(process: process, request: request, ticket: ticket)]
        case .sendRevocation(let refreshToken):
          await server.revoke(refreshToken)
        case .stateChanged(.signedOut(let reason)) where reason != .signedOutByUser:
          await server.ledger.report(.honestDeviceSignedOut(reason: "\(reason)"))
        case .stateChanged, .sessionInUse, .accessRenewed, .wake:
          break
        }
      }
    }
    return []
  }

  /// Saves; at times that fails, or is done but reported as failed.
  private mutating func save(_ session: StoredSession) async -> Bool {
    let hasFailed = random.once(in: 20)
    if !hasFailed || random.once(in: 2) { item = session.bytes }
    if hasFailed { await server.ledger.count(.saveFailed) }
    return !hasFailed
  }

  // MARK: The end of a session

  /// Signs out while a refresh is under way; from then on no tokens are issued.
  mutating func signOut() async {
    guard let request = await nextRequest() else { return await leave() }
    async let last = server.answer(request)
    _ = await tell(.signedOutByUser, process: 0)
    _ = await last
    await server.ledger.count(.signedOut)
    if item != nil { await server.ledger.report(.storeNotErased) }
    if case .tokens = await server.answer(request) {
      await server.ledger.report(.tokensAfterSignOut)
    }
    await leave()
  }

  /// A thief has a copy of the token, and at times of the key: once both were served, the session
  /// ends within one more refresh of each.
  mutating func beRobbed() async {
    await server.ledger.count(.stolen)
    guard let request = await nextRequest() else { return await leave() }
    let hasKey = random.once(in: 2)
    var thief = (
      token: request.refreshToken, key: hasKey ? request.idempotencyKey : random.idempotencyKey()
    )
    var owner = (token: request.refreshToken, key: request.idempotencyKey)
    for _ in 0..<3 {
      async let first = served(thief)
      async let second = served(owner)
      let (robbed, honest) = await (first, second)
      guard case .success(let his) = robbed, case .success(let mine) = honest else {
        return await leave()
      }
      thief = (his.refreshToken, random.idempotencyKey())
      owner = (mine.refreshToken, random.idempotencyKey())
    }
    await server.ledger.report(.theftUnnoticed)
    await leave()
  }

  /// The requests of a process that is launched with the current store, once the access token has
  /// ended.
  private mutating func nextRequest() async -> SessionRestoration.RefreshRequest? {
    now = now + .seconds(900)
    launch(0)
    let sendings = await tell(.launched, process: 0)
    if sendings.isEmpty { await server.ledger.report(.deadEnd(state: "no request at a launch")) }
    return sendings.first?.request
  }

  /// Sends a request until there is an answer.
  private func served(
    _ request: (token: String, key: String)
  ) async -> Result<TokenPair, Refusal> {
    while true {
      if let answer = await server.refresh(request.token, key: request.key) { return answer }
      await Task.yield()
    }
  }

  /// The row and the facts about it are dropped, so that memory stays constant.
  private func leave() async {
    await server.store.delete(id)
    await server.ledger.forget(id)
  }
}
