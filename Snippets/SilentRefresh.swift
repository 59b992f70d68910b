// SPDX-License-Identifier: Apache-2.0

// A story to read aloud: a user signs in, stays away for forty days, and is back without a sign-in screen.
//
// Run it with `swift run SilentRefresh`. The clock is a fake one. What each of them says is computed from
// what the package has decided; only the headings are written down.

import SessionTokens

/// The server that signs people in holds the authority and one record for each session.
@MainActor struct SignInServer {
  var authority: SessionAuthority
  var sessions: [SessionID: SessionRecord] = [:]
  var answers: [TokenPair] = []

  mutating func signIn(_ user: String) throws -> TokenResponse {
    let (tokens, record) = try authority.openSession(subject: user)
    sessions[record.id] = record
    say(
      "Sign-in server",
      "opens a session for \(user): an access token for "
        + "\(spoken(tokens.accessExpiresAt - now)), a refresh token for "
        + "\(spoken(tokens.refreshExpiresAt - now)).")
    return tokens.response
  }

  /// The refresh endpoint: verify, decide, write, answer.
  mutating func refresh(_ refreshToken: String, idempotencyKey: String) -> (
    status: Int, body: String
  ) {
    do throws(Refusal) {
      let presented = try authority.verifyRefresh(refreshToken)
      let decision = authority.rotate(
        presented, record: sessions[presented.sessionID], idempotencyKey: idempotencyKey,
        claims: .empty)
      if let update = decision.update { sessions[update.record.id] = update.record }
      say("Sign-in server", "reads refresh token \(presented.generation + 1). \(told(decision))")
      let tokens = try decision.answer.get()
      answers.append(tokens)
      return (200, tokens.response.json)
    } catch {
      if case .wrongToken = error { say("Sign-in server", "refuses: \(error).") }
      return (error.statusCode, error.json)
    }
  }

  /// A decision, and why it is so.
  private func told(_ decision: RotationDecision) -> String {
    switch decision {
    case .rotate(_, after: let update):
      "It replaces both tokens, because token \(update.record.generation) is the newest one: "
        + "token \(update.record.generation + 1) follows."
    case .replay:
      "It repeats its last answer, because the key shows that the same phone asks again."
    case .revoke(.reuseDetected(_, let age), after: _):
      "It ends the session, because that token was used \(spoken(age)) ago, with another key."
    case .revoke(let refusal, after: _): "It ends the session: \(refusal)."
    case .refuse(let refusal): "It refuses, because \(refusal)."
    }
  }
}

/// A server that answers requests holds a verifier, and the access keys only.
@MainActor struct APIServer {
  var verifier: AccessTokenVerifier

  func query(_ token: String, named name: String) {
    do throws(TokenError) {
      let access = try verifier.verify(authorization: "Bearer \(token)")
      say("API server", "accepts the access token: \(access.subject) has a subscription.")
    } catch {
      say("API server", "refuses the \(name), because \(reason(error)).")
    }
  }

  private func reason(_ error: TokenError) -> String {
    if case .invalidClaims(let failures) = error,
      case .expired(let ago)? = failures.first?.problem
    {
      return "it expired \(spoken(ago)) ago"
    }
    if case .wrongType = error { return "it is not an access token" }
    return error.description
  }
}

/// The app holds the state machine, and a keychain of bytes.
@MainActor struct Phone {
  var restoration = SessionRestoration()
  var keychain: [UInt8]?
  var isAnswerLost = false

  /// Sends the machine an event, and performs the effects in order.
  mutating func tell(_ event: SessionRestoration.Event) {
    let effects = restoration.handle(event, at: now)
    for effect in effects {
      switch effect {
      case .readStore(let ticket):
        tell(.storeRead(ticket, .init(bytes: keychain)))
      case .save(let session, let ticket):
        keychain = session.bytes
        say("Phone", "saves the tokens in its keychain.")
        tell(.saved(ticket))
      case .erase(let ticket):
        keychain = nil
        say("Phone", "empties its keychain.")
        tell(.erased(ticket))
      case .refresh(let request, let ticket):
        say("Phone", "sends its refresh token, and the key that it made for this token.")
        tell(.answered(ticket, send(request)))
      case .stateChanged(let state): say("Phone", told(state))
      case .sessionInUse, .accessRenewed, .wake, .sendRevocation: break
      }
    }
    if effects.contains(.stateChanged(.active)) || effects.contains(.accessRenewed) {
      querySubscription()
    }
  }

  /// Starts the app anew: all that is left is the keychain.
  mutating func launch() {
    restoration = SessionRestoration()
    tell(.launched)
  }

  /// A state, as the user sees it.
  private func told(_ state: SessionRestoration.State) -> String {
    switch state {
    case .starting: "is starting."
    case .storeLocked: "waits: its keychain is locked."
    case .refreshing: "has a session, but no valid access token. It shows the launch screen."
    case .active: "shows the app."
    case .suspended(let wait):
      "gets no answer. It keeps its tokens and tries again in \(spoken(wait.retryAt - now))."
    case .signedOut(.neverSignedIn): "has no session. It shows the sign-in screen."
    case .signedOut(.refused(let code)):
      "is definitively refused (\(code.rawValue)). It shows the sign-in screen."
    case .signedOut: "shows the sign-in screen."
    @unknown default: "is in another state."
    }
  }

  private func querySubscription() {
    if case .attach(let accessToken) = restoration.access(at: now) {
      apiServer.query(accessToken, named: "access token")
    }
  }

  private func send(_ request: SessionRestoration.RefreshRequest) -> RefreshAnswer {
    let answer = signInServer.refresh(
      request.refreshToken, idempotencyKey: request.idempotencyKey)
    return isAnswerLost
      ? .unreachable : RefreshAnswer(status: answer.status, body: answer.body.utf8)
  }

  /// The refresh token, as somebody reads it who has a copy of the keychain.
  var refreshToken: String {
    // …"refresh_token":"…"…
    let parts = String(decoding: keychain ?? [], as: UTF8.self).split(separator: "\"")
    guard let name = parts.firstIndex(of: "refresh_token") else { return "" }
    return String(parts[name + 2])
  }
}

/// One line: when, who, what.
@MainActor func say(_ speaker: String, _ what: String) {
  let seconds = (now - start).components.seconds + 9 * 3_600
  let (day, minute) = (seconds / 86_400, seconds / 60 % 1_440)
  let time = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  let moment = "day \(day), \(time)"
  print("  \(moment.padded(to: 16))\(speaker.padded(to: 16))\(what)")
}

/// A duration in its largest unit.
func spoken(_ duration: Duration) -> String {
  let seconds = duration.components.seconds
  let units: [(Int64, String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
  let (length, name) = units.first { seconds >= $0.0 } ?? (1, "second")
  let count = seconds / length
  return "\(count) \(name)\(count == 1 ? "" : "s")"
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: width - count) }
}

extension Duration {
  static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
  static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
}

// Two rings of keys, and a policy: 15 minutes, a year since sign-in, 90 days without use.
let accessKeys = try KeyRing(active: .random(id: "access-2026-11"))
let refreshKeys = try KeyRing(active: .random(id: "refresh-2026-11"))
let policy = try RotationPolicy(
  accessTTL: .minutes(15), refreshTTL: .days(365), idleTTL: .days(90))
let (issuer, audience) = ("https://id.example.com", "https://api.example.com")
var signInServer = try SignInServer(
  authority: SessionAuthority(
    issuer: issuer, audience: audience, accessKeys: accessKeys, refreshKeys: refreshKeys,
    policy: policy))
var apiServer = try APIServer(
  verifier: AccessTokenVerifier(issuer: issuer, audience: audience, keys: accessKeys))
var phone = Phone()

let start = NumericDate(clamping: 1_795_000_000)
var now = start
@MainActor func pass(_ interval: Duration) {
  now = now + interval
  signInServer.authority.clock = .fixed(now)
  apiServer.verifier.clock = .fixed(now)
}

print(
  """
  A story about Ana, her phone, and two servers: one signs people in, the other answers the
  app's requests. An access token opens the app's server for \(spoken(policy.accessTTL)). A refresh token gets
  new ones from the sign-in server, and each works once. Beside it the phone keeps a key: a
  random name for that one use. The clock is a fake one, so that months pass at once.
  """)

print("\n1. Ana signs in")
pass(.zero)
phone.launch()
let first = try signInServer.signIn("Ana")
phone.tell(.signedIn(first))

print("\n2. After 40 days she opens the app again, and need not sign in")
pass(.days(40) + .minutes(12))
apiServer.query(first.accessToken, named: "old access token")
phone.launch()

print("\n3. An answer gets lost, and she closes the app; a day later it comes again")
pass(.days(10))
phone.isAnswerLost = true
phone.launch()
let lost = signInServer.answers.last
pass(.days(1) + .minutes(7))
phone.isAnswerLost = false
phone.launch()
let repeated = signInServer.answers.dropLast().last
say(
  "(Narrator)",
  "Are the repeated tokens the lost ones, byte for byte? \(repeated == lost ? "Yes" : "No").")

if let lost, lost.accessExpiresAt <= now {
  say(
    "(Narrator)",
    "Their access token had expired \(spoken(now - lost.accessExpiresAt)) ago, so the phone refreshed again."
  )
}

print("\n4. Each token opens one door only")
if case .attach(let accessToken) = phone.restoration.access(at: now) {
  say("(Narrator)", "The access token is sent to the sign-in server.")
  _ = signInServer.refresh(accessToken, idempotencyKey: "nZ5pQ8wJ3yB7cL6d")
}
say("(Narrator)", "The refresh token is sent to the API server.")
apiServer.query(phone.refreshToken, named: "refresh token")

print("\n5. A thief has copied the refresh token, and uses it after Ana's phone did")
let stolen = phone.refreshToken
pass(.days(1) + .minutes(31))
phone.launch()
pass(.days(1) + .minutes(95))
say("Thief", "sends the stolen refresh token, with a key of their own.")
let thief = signInServer.refresh(stolen, idempotencyKey: "thief-0000000001")
say("Thief", "gets status \(thief.status), and no tokens.")
phone.launch()

print("\n6. Ana signs in again, and stays away for too long")
phone.tell(.signedIn(try signInServer.signIn("Ana")))
let presented = try signInServer.authority.verifyRefresh(phone.refreshToken)
if let record = signInServer.sessions[presented.sessionID] {
  let window = signInServer.authority.refreshWindow(of: record)
  let away = window.closesAt - now
  pass(away)
  phone.launch()
  if case .closed(by: .idle) = window.state(at: now) {
    say("(Narrator)", "Ana was away for \(spoken(away)), as long as the policy allows.")
  }
}

print(
  """

  To read next:
    README.md                                 the same three roles in code
    Snippets/SilentRefresh.swift              this program
    .ci/site /                                builds the articles; start with "Is it for you?"
  """)
