// Both servers' sides without a framework: sign-in, refresh, sign-out and an authenticated request.
//
// `swift run SignInServer` calls them with a store in memory, also all at once.

import SessionTokens

// snippet.store

/// One row for each session, read from the primary.
protocol SessionStore: Sendable {
  func insert(_ record: SessionRecord, expiresAt: NumericDate) async throws
  func record(_ id: SessionID) async throws -> SessionRecord?
  /// Compare-and-swap: replaces the row if it still has
  /// `update.expectedVersion`, else says false.
  func replace(_ update: SessionUpdate, expiresAt: NumericDate) async throws
    -> Bool
  func records(ofSubject subject: String) async throws -> [SessionRecord]
}

// snippet.memory

/// A store in memory.
actor MemoryStore: SessionStore {
  private var rows: [SessionID: SessionRecord] = [:]

  func insert(_ record: SessionRecord, expiresAt: NumericDate) {
    rows[record.id] = record
  }

  func record(_ id: SessionID) async -> SessionRecord? {
    let record = rows[id]
    // As with a database, others have their turn between a read and a write.
    await Task.yield()
    return record
  }

  func replace(_ update: SessionUpdate, expiresAt: NumericDate) -> Bool {
    guard rows[update.record.id]?.version == update.expectedVersion else {
      return false
    }
    rows[update.record.id] = update.record
    return true
  }

  func records(ofSubject subject: String) -> [SessionRecord] {
    // Bytes: `==` of strings takes "é" for "e" with an accent behind it.
    rows.values.filter { $0.subject.utf8.elementsEqual(subject.utf8) }
  }
}

// snippet.reply

/// What your HTTP framework makes a response of.
struct Reply: Sendable {
  var status: Int
  var fields = TokenResponse.headerFields
  var body = ""

  static let ok = Reply(status: 200, fields: [("Cache-Control", "no-store")])
  static let noSuchUser = Reply(
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

// snippet.sign-in

/// The server that signs people in.
struct SignInServer: Sendable {
  let authority: SessionAuthority
  let store: any SessionStore
  /// What access tokens say of a user, asked anew with each refresh; `nil` when
  /// there is no such user any more.
  let claims: @Sendable (_ user: String) async throws -> CustomClaims?

  /// Call it once you know who the user is, by a password, a passkey or
  /// another provider.
  func signIn(_ user: String) async throws -> Reply {
    guard let claims = try await claims(user) else { return .noSuchUser }
    let (tokens, record) = try authority.openSession(
      subject: user, claims: claims)
    try await store.insert(
      record,
      expiresAt: authority.refreshWindow(of: record).closesAt
        + .seconds(86_400))
    return .tokens(tokens)
  }
}

// snippet.refresh

extension SignInServer {
  /// Decides, writes by compare-and-swap, answers; a lost swap decides again.
  func refresh(_ refreshToken: String, idempotencyKey: String?) async throws
    -> Reply
  {
    do {
      let presented = try authority.verifyRefresh(refreshToken)
      guard let claims = try await claims(presented.subject) else {
        return try await dismiss(presented)
      }
      for _ in 1...5 {
        let record = try await store.record(presented.sessionID)
        let decision = authority.rotate(
          presented, record: record, idempotencyKey: idempotencyKey,
          claims: claims)
        if let update = decision.update, try await !replace(update) { continue }
        return .tokens(try decision.answer.get())
      }
      return .unavailable
    } catch let refusal as Refusal {
      return .refusal(refusal)
    }
  }

  /// Ends the session of a user who is gone, and refuses for good: the app goes
  /// to sign-in, and does not knock again.
  private func dismiss(
    _ presented: PresentedRefreshToken
  ) async throws -> Reply {
    let hasEnded = try await end(presented.sessionID) { record in
      authority.revoke(presented, record: record, reason: .administrator)
    }
    return hasEnded ? .refusal(.revoked(.administrator)) : .unavailable
  }

  func replace(_ update: SessionUpdate) async throws -> Bool {
    let window = authority.refreshWindow(of: update.record)
    return try await store.replace(
      update, expiresAt: window.closesAt + .seconds(86_400))
  }
}

// snippet.sign-out

extension SignInServer {
  /// Ends the session of a refresh token; one that is no token of ours has
  /// none (RFC 7009 §2.2).
  ///
  /// A key that this server does not know yet is its own trouble: the session
  /// goes on, and the answer is 503 (§2.2.1).
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

  /// Ends every session of a user, as after a change of password; true when
  /// all have ended.
  func endSessions(of user: String, reason: RevocationReason) async throws
    -> Bool
  {
    var haveEnded = true
    for record in try await store.records(ofSubject: user) {
      let hasEnded = try await end(record.id) { record in
        authority.revoke(record, reason: reason)
      }
      haveEnded = haveEnded && hasEnded
    }
    return haveEnded
  }

  /// Writes what ends a session; false when the swap was lost five times.
  ///
  /// A session whose row is gone has ended.
  private func end(
    _ id: SessionID, ending: (SessionRecord) -> SessionUpdate?
  ) async throws -> Bool {
    for _ in 1...5 {
      guard let record = try await store.record(id),
        let update = ending(record), try await !replace(update)
      else { return true }
    }
    return false
  }
}

// snippet.api

/// A server that answers requests, with the access keys only.
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

let first = try await signInServer.signIn("user-42").tokens()
let answered = apiServer.subscription(
  authorization: "Bearer \(first.accessToken)")
check("an access token is taken", answered.status == 200)
let stranger = apiServer.subscription(authorization: nil)
check(
  "no token is answered \(stranger.status) \(stranger.fields)",
  stranger.status == 401)

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

let again = try await signInServer.signIn("user-42").refreshToken()
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

/// A store whose rows go while a user's sessions are being ended.
struct ForgetfulStore: SessionStore {
  let listed: SessionRecord

  func insert(_ record: SessionRecord, expiresAt: NumericDate) {}
  func record(_ id: SessionID) -> SessionRecord? { nil }
  func replace(_ update: SessionUpdate, expiresAt: NumericDate) -> Bool {
    false
  }
  func records(ofSubject subject: String) -> [SessionRecord] { [listed] }
}

let forgetful = SignInServer(
  authority: authority,
  store: ForgetfulStore(
    listed: try authority.openSession(subject: "user-42").record),
  claims: { _ in .empty })
check(
  "a session whose row is gone has ended",
  try await forgetful.endSessions(of: "user-42", reason: .credentialsChanged))

let devices = [
  try await signInServer.signIn("user-42").refreshToken(),
  try await signInServer.signIn("user-42").refreshToken(),
]
let allEnded = try await signInServer.endSessions(
  of: "user-42", reason: .credentialsChanged)
check("every session of a user can be ended", allEnded)
for device in devices {
  let reply = try await signInServer.refresh(device, idempotencyKey: nil)
  check("as on each device: \(reply.body)", reply.status == 400)
}

let gone = SignInServer(
  authority: authority, store: signInServer.store, claims: { _ in nil })
let last = try await signInServer.signIn("user-42").refreshToken()
for _ in 1...2 {
  let reply = try await gone.refresh(last, idempotencyKey: nil)
  check("a user who is gone is refused: \(reply.body)", reply.status == 400)
}
let back = try await signInServer.refresh(last, idempotencyKey: nil)
check("and the session has ended: \(back.body)", back.status == 400)
let noSignIn = try await gone.signIn("user-42")
check("such a user cannot sign in", noSignIn.status == 403)
