// SPDX-License-Identifier: Apache-2.0

// Both servers' sides without a framework: sign-in, refresh, sign-out and an authenticated request.
//
// `swift run SignInServer` calls them with a store in memory, also all at once.

import SessionTokens

// snippet.store

/// A table with one row for each session.
protocol SessionStore: Sendable {
  func insert(_ record: SessionRecord, expiresAt: NumericDate) async throws
  /// Reads a session's record from the primary.
  func session(_ id: SessionID) async throws -> SessionRecord?
  /// Writes the record if the row still has `update.expectedVersion`, and
  /// returns whether it did.
  func swap(_ update: SessionUpdate, expiresAt: NumericDate) async throws
    -> Bool
  func sessionIDs(of subject: String) async throws -> [SessionID]
  /// Deletes the rows whose `expiresAt` has come.
  func expire(at now: NumericDate) async throws
}

// snippet.memory

/// A store in memory.
actor MemoryStore: SessionStore {
  typealias Row = (record: SessionRecord, expiresAt: NumericDate)
  private var rows: [SessionID: Row] = [:]

  func insert(_ record: SessionRecord, expiresAt: NumericDate) {
    rows[record.id] = (record, expiresAt)
  }

  func session(_ id: SessionID) async -> SessionRecord? {
    let row = rows[id]
    // As with a database, others have their turn between a read and a write.
    await Task.yield()
    return row?.record
  }

  func swap(_ update: SessionUpdate, expiresAt: NumericDate) -> Bool {
    let id = update.record.id
    guard rows[id]?.record.version == update.expectedVersion else {
      return false
    }
    rows[id] = (update.record, expiresAt)
    return true
  }

  func sessionIDs(of subject: String) -> [SessionID] {
    // Compares bytes: to `==`, two spellings of "é" are equal.
    rows.values.map(\.record)
      .filter { $0.subject.utf8.elementsEqual(subject.utf8) }.map(\.id)
  }

  func expire(at now: NumericDate) {
    rows = rows.filter { $0.value.expiresAt > now }
  }
}

// snippet.reply

/// A response, for your HTTP framework to send.
struct Reply: Sendable {
  var status: Int
  var fields = TokenResponse.headerFields
  var body = ""

  static let ok = Reply(status: 200, fields: [("Cache-Control", "no-store")])
  /// For a wrong password, too: 401 is for access tokens.
  static let wrongCredentials = Reply(
    status: 403, fields: [("Cache-Control", "no-store")])
  static let unavailable = Reply(
    status: 503, fields: TokenResponse.headerFields + [("Retry-After", "2")])

  static func tokens(_ pair: TokenPair) -> Reply {
    Reply(status: 200, body: pair.response.json)
  }

  static func refusal(_ refusal: Refusal) -> Reply {
    Reply(status: refusal.statusCode, body: refusal.json)
  }

  static func unauthorized(_ error: TokenError) -> Reply {
    Reply(status: 401, fields: [("WWW-Authenticate", error.challenge)])
  }
}

// snippet.sweep

/// Deletes expired rows every hour, until its task is cancelled.
func sweep(_ store: any SessionStore, clock: WallClock) async {
  while !Task.isCancelled {
    // A failure is repeated in an hour: rows that stay do no harm.
    try? await store.expire(at: clock.now)
    try? await Task.sleep(for: .seconds(3_600))
  }
}

// snippet.sign-in

/// The server that signs people in.
struct SignInServer: Sendable {
  let authority: SessionAuthority
  let store: any SessionStore
  /// The claims of a user's next access token; `nil` for a deleted user.
  let claims: @Sendable (_ user: String) async throws -> CustomClaims?

  /// Opens a session.
  ///
  /// It checks nothing. Call it once you know who the user is, by a
  /// password, a passkey or another provider. `isStillTrue` returns false if
  /// that has changed in the meantime, such as the password.
  func signIn(
    _ user: String, isStillTrue: () async throws -> Bool
  ) async throws -> Reply {
    guard let claims = try await claims(user) else {
      return .wrongCredentials
    }
    let (tokens, record) = try authority.openSession(
      subject: user, claims: claims)
    try await store.insert(record, expiresAt: expiry(of: record))
    guard try await isStillTrue() else {
      _ = try await end(record.id) { record in
        authority.revoke(record, reason: .credentialsChanged)
      }
      return .wrongCredentials
    }
    return .tokens(tokens)
  }

  /// The row outlives the session's refresh window by a day: clocks differ,
  /// and a late request still hears why it is refused.
  func expiry(of record: SessionRecord) -> NumericDate {
    authority.refreshWindow(of: record).closesAt + .seconds(86_400)
  }
}

// snippet.refresh

extension SignInServer {
  /// Decides, writes, answers; decides again if another request came first.
  func refresh(_ refreshToken: String, idempotencyKey: String?) async throws
    -> Reply
  {
    do {
      let presented = try authority.verifyRefresh(refreshToken)
      guard let claims = try await claims(presented.subject) else {
        return try await dismiss(presented)
      }
      for _ in 1...5 {
        let record = try await store.session(presented.sessionID)
        let decision = authority.rotate(
          presented, record: record, idempotencyKey: idempotencyKey,
          claims: claims)
        guard try await swap(decision.update) else { continue }
        return .tokens(try decision.answer.get())
      }
      return .unavailable
    } catch let refusal as Refusal {
      return .refusal(refusal)
    }
  }

  /// Ends the session of a deleted user, with a definitive refusal: the app
  /// shows the sign-in screen.
  private func dismiss(
    _ presented: PresentedRefreshToken
  ) async throws -> Reply {
    let hasEnded = try await end(presented.sessionID) { record in
      authority.revoke(presented, record: record, reason: .administrator)
    }
    return hasEnded ? .refusal(.revoked(.administrator)) : .unavailable
  }

  /// Writes the update of a decision, if it has one; false if another
  /// request has written the row since it was read.
  private func swap(_ update: SessionUpdate?) async throws -> Bool {
    guard let update else { return true }
    return try await store.swap(update, expiresAt: expiry(of: update.record))
  }
}

// snippet.sign-out

extension SignInServer {
  /// Ends the session of a refresh token.
  ///
  /// Answers 200 to a token that is invalid (RFC 7009 §2.2), and 503 to one
  /// whose key this server doesn't have yet (§2.2.1).
  func signOut(_ refreshToken: String) async throws -> Reply {
    do {
      let presented = try authority.verifyRefresh(refreshToken)
      let hasEnded = try await end(presented.sessionID) { record in
        authority.revoke(presented, record: record, reason: .signedOut)
      }
      return hasEnded ? .ok : .unavailable
    } catch let refusal as Refusal {
      return refusal.isDefinitive ? .ok : .refusal(refusal)
    }
  }

  /// Ends every session of a user, for example after a change of password;
  /// false if some could not be ended.
  ///
  /// One that fails doesn't keep the next from being ended.
  func endSessions(of user: String, reason: RevocationReason) async throws
    -> Bool
  {
    var haveEnded = true
    for id in try await store.sessionIDs(of: user) {
      let hasEnded = try? await end(id) { record in
        authority.revoke(record, reason: reason)
      }
      haveEnded = haveEnded && hasEnded == true
    }
    return haveEnded
  }

  /// Ends a session; false if another request came first five times.
  ///
  /// A session without a row has ended.
  private func end(
    _ id: SessionID, ending: (SessionRecord) -> SessionUpdate?
  ) async throws -> Bool {
    for _ in 1...5 {
      let update = try await store.session(id).flatMap(ending)
      if try await swap(update) { return true }
    }
    return false
  }
}

// snippet.everywhere

extension SignInServer {
  /// Ends every session of an access token's user.
  func signOutEverywhere(authorization: String?) async throws -> Reply {
    let user: String
    do throws(TokenError) {
      let verifier = authority.accessTokenVerifier
      user = try verifier.verify(authorization: authorization).subject
    } catch {
      return .unauthorized(error)
    }
    let haveEnded = try await endSessions(of: user, reason: .signedOut)
    return haveEnded ? .ok : .unavailable
  }
}

// snippet.api

/// A server that answers requests; it has the access keys only.
struct APIServer: Sendable {
  let verifier: AccessTokenVerifier

  func subscription(authorization: String?) -> Reply {
    do throws(TokenError) {
      let token = try verifier.verify(authorization: authorization)
      guard token["roles"]?.array?.contains("subscriber") == true else {
        return Reply(status: 403, fields: [])
      }
      return Reply(
        status: 200, fields: [("Content-Type", "application/json")],
        body: #"{"plan":"pro","renews":true}"#)
    } catch {
      return .unauthorized(error)
    }
  }
}

// snippet.configure

let issuer = "https://id.example.com"
let audience = "https://api.example.com"
let accessKeys = try KeyRing(active: .random(id: "access-2026-11"))
let authority = try SessionAuthority(
  issuer: issuer, audience: audience, accessKeys: accessKeys,
  refreshKeys: KeyRing(active: .random(id: "refresh-2026-11")),
  policy: RotationPolicy(
    accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400),
    idleTTL: .seconds(90 * 86_400)))

let signInServer = SignInServer(
  authority: authority, store: MemoryStore(),
  claims: { user in try CustomClaims(["roles": ["subscriber"]]) })
let apiServer = try APIServer(
  verifier: AccessTokenVerifier(
    issuer: issuer, audience: audience, keys: accessKeys))

// snippet.outcome

/// Returns the log line for a request's token.
func outcome(of authorization: String?) -> String {
  do throws(TokenError) {
    let token = try apiServer.verifier.verify(authorization: authorization)
    return "accepted, session \(token.sessionID)"
  } catch .missing {
    return "no token"
  } catch .invalidClaims(let failures) {
    return "refused for \(failures.map(\.claim))"
  } catch {
    return "refused: \(error)"
  }
}

// snippet.hide

func check(_ what: String, _ isTrue: Bool) {
  print(isTrue ? "as it must be: \(what)" : "WRONG: \(what)")
  precondition(isTrue, what)
}

extension Reply {
  func tokens() throws -> TokenResponse {
    try TokenResponse(parsing: body.utf8)
  }
  func refreshToken() throws -> String { try tokens().refreshToken ?? "" }
}

let first = try await signInServer.signIn("user-42") { true }.tokens()
let answered = apiServer.subscription(
  authorization: "Bearer \(first.accessToken)")
check("an access token is taken", answered.status == 200)
let stranger = apiServer.subscription(authorization: nil)
check(
  "no token is answered \(stranger.status) \(stranger.fields)",
  stranger.status == 401)

check("a request without a token is told", outcome(of: nil) == "no token")
check(
  "other refusals are told: \(outcome(of: "Bearer a.b"))",
  outcome(of: "Bearer a.b").hasPrefix("refused: "))
check(
  "an accepted token is told",
  outcome(of: "Bearer \(first.accessToken)").hasPrefix("accepted, "))

let firstRefresh = first.refreshToken ?? ""
let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
  for _ in 1...50 {
    group.addTask {
      try await signInServer.refresh(
        firstRefresh, idempotencyKey: "one-key-for-this-token")
    }
  }
  var replies: [Reply] = []
  for try await reply in group { replies.append(reply) }
  return replies
}
check(
  "50 requests at once are answered", replies.allSatisfy { $0.status == 200 })
let bodies = try Set(replies.map { try $0.refreshToken() })
check("with one and the same refresh token", bodies.count == 1)

let secondRefresh = bodies.first ?? ""
let third = try await signInServer.refresh(
  secondRefresh, idempotencyKey: "a-key-for-the-next-one")
check("the next one rotates", third.status == 200)
let stolen = try await signInServer.refresh(
  secondRefresh, idempotencyKey: "somebody-elses-key")
check("a thief is refused: \(stolen.body)", stolen.status == 400)
let after = try await signInServer.refresh(
  try third.refreshToken(), idempotencyKey: "a-key-for-the-third")
check("and the session has ended: \(after.body)", after.status == 400)

let again = try await signInServer.signIn("user-42") { true }.refreshToken()
check(
  "sign-out is answered 200",
  try await signInServer.signOut(again).status == 200)
check("twice, too", try await signInServer.signOut(again).status == 200)
let signedOut = try await signInServer.refresh(again, idempotencyKey: nil)
check(
  "and then the token is refused: \(signedOut.body)", signedOut.status == 400)

let other = try SessionAuthority(
  issuer: issuer, audience: audience, accessKeys: accessKeys,
  refreshKeys: KeyRing(active: .random(id: "refresh-2027-02")),
  policy: authority.policy)
let early = try other.openSession(subject: "user-42").tokens.refreshToken
let notYet = try await signInServer.signOut(early)
check(
  "a sign-out with a key that is not here yet: \(notYet.body)",
  notYet.status == 503)
check(
  "and with what is no token is answered 200",
  try await signInServer.signOut("not a token").status == 200)

/// A store of one session that can't be written: its row is gone since it was
/// listed, or another request always comes first.
struct UnwritableStore: SessionStore {
  let listed: SessionID
  let row: SessionRecord?

  func insert(_ record: SessionRecord, expiresAt: NumericDate) {}
  func session(_ id: SessionID) -> SessionRecord? { row }
  func swap(_ update: SessionUpdate, expiresAt: NumericDate) -> Bool { false }
  func sessionIDs(of subject: String) -> [SessionID] { [listed] }
  func expire(at now: NumericDate) {}
}

let (_, listed) = try authority.openSession(subject: "user-42")
let forgetful = SignInServer(
  authority: authority, store: UnwritableStore(listed: listed.id, row: nil),
  claims: { _ in .empty })
check(
  "a session whose row is gone has ended",
  try await forgetful.endSessions(of: "user-42", reason: .credentialsChanged))

let late = try await signInServer.signIn("user-42") { false }
check(
  "a password that has changed meanwhile is answered \(late.status)",
  late.status == 403 && late.body.isEmpty)
for id in try await signInServer.store.sessionIDs(of: "user-42") {
  let row = try await signInServer.store.session(id)
  check("and no session is open", row?.revocationReason != nil)
}

let devices = [
  try await signInServer.signIn("user-42") { true }.refreshToken(),
  try await signInServer.signIn("user-42") { true }.refreshToken(),
]
let allEnded = try await signInServer.endSessions(
  of: "user-42", reason: .credentialsChanged)
check("every session of a user can be ended", allEnded)
for device in devices {
  let reply = try await signInServer.refresh(device, idempotencyKey: nil)
  check("as on each device: \(reply.body)", reply.status == 400)
}

/// A store that lists a row first which can't be read.
struct DamagedStore: SessionStore {
  struct UnreadableRow: Error {}

  let store: any SessionStore
  let damaged: SessionID

  func insert(_ record: SessionRecord, expiresAt: NumericDate) async throws {
    try await store.insert(record, expiresAt: expiresAt)
  }
  func session(_ id: SessionID) async throws -> SessionRecord? {
    guard id != damaged else { throw UnreadableRow() }
    return try await store.session(id)
  }
  func swap(_ update: SessionUpdate, expiresAt: NumericDate) async throws -> Bool {
    try await store.swap(update, expiresAt: expiresAt)
  }
  func sessionIDs(of subject: String) async throws -> [SessionID] {
    try await [damaged] + store.sessionIDs(of: subject)
  }
  func expire(at now: NumericDate) async throws {
    try await store.expire(at: now)
  }
}

let behind = try await signInServer.signIn("user-42") { true }.refreshToken()
let damaged = SignInServer(
  authority: authority,
  store: DamagedStore(store: signInServer.store, damaged: listed.id),
  claims: { _ in .empty })
check(
  "a row that can't be read is told",
  try await !damaged.endSessions(of: "user-42", reason: .credentialsChanged))
let ended = try await signInServer.refresh(behind, idempotencyKey: nil)
check("and the session behind it has ended: \(ended.body)", ended.status == 400)

let everywhere = try await signInServer.signIn("user-42") { true }.tokens()
let signOut = try await signInServer.signOutEverywhere(
  authorization: "Bearer \(everywhere.accessToken)")
check("a user signs out everywhere", signOut.status == 200)
let afterSignOut = try await signInServer.refresh(
  everywhere.refreshToken ?? "", idempotencyKey: nil)
check("and the session has ended: \(afterSignOut.body)", afterSignOut.status == 400)
let byNobody = try await signInServer.signOutEverywhere(authorization: nil)
check("nobody does so without a token", byNobody.status == 401)
let stubborn = SignInServer(
  authority: authority, store: UnwritableStore(listed: listed.id, row: listed),
  claims: { _ in .empty })
let inVain = try await stubborn.signOutEverywhere(
  authorization: "Bearer \(everywhere.accessToken)")
check("a sign-out that ended nothing is told", inVain.status == 503)

let gone = SignInServer(
  authority: authority, store: signInServer.store, claims: { _ in nil })
let last = try await signInServer.signIn("user-42") { true }.refreshToken()
for _ in 1...2 {
  let reply = try await gone.refresh(last, idempotencyKey: nil)
  check("a user who is gone is refused: \(reply.body)", reply.status == 400)
}
let back = try await signInServer.refresh(last, idempotencyKey: nil)
check("and the session has ended: \(back.body)", back.status == 400)
let noSignIn = try await gone.signIn("user-42") { true }
check("such a user cannot sign in", noSignIn.status == 403)

let window = authority.refreshWindow(
  of: try authority.openSession(subject: "user-42").record)
try await signInServer.store.expire(at: window.closesAt)
let kept = try await signInServer.store.sessionIDs(of: "user-42")
check("a row outlives its window", !kept.isEmpty)
let afterwards = WallClock.fixed(window.closesAt + .seconds(2 * 86_400))
let sweeper = Task { await sweep(signInServer.store, clock: afterwards) }
while try await !signInServer.store.sessionIDs(of: "user-42").isEmpty {
  await Task.yield()
}
sweeper.cancel()
await sweeper.value
check("by a day, and is deleted then", true)
