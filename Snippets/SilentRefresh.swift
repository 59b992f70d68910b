// A user signs in, stays away for forty days, and is back in their session without a sign-in screen.
//
// Run it with `swift run SilentRefresh`. The clock is a fake one, and everything printed is computed.

import SessionTokens

/// The server that signs people in holds the authority and one row for each session.
struct SignInServer {
  var authority: SessionAuthority
  var sessions: [SessionID: SessionRecord] = [:]
  var handedOut: [TokenPair] = []

  mutating func signIn(_ user: String) throws -> TokenResponse {
    let (tokens, record) = try authority.openSession(subject: user)
    sessions[record.id] = record
    return tokens.response
  }

  /// The refresh endpoint: decide, write, answer.
  mutating func refresh(_ refreshToken: String, idempotencyKey: String) -> (
    status: Int, body: String
  ) {
    do throws(Refusal) {
      let presented = try authority.verifyRefresh(refreshToken)
      let decision = authority.rotate(
        presented, record: sessions[presented.sessionID], idempotencyKey: idempotencyKey,
        claims: .empty)
      if let update = decision.update { sessions[update.record.id] = update.record }
      print("    refresh endpoint: \(decision)")
      let tokens = try decision.answer.get()
      handedOut.append(tokens)
      return (200, tokens.response.json)
    } catch {
      return (error.statusCode, error.json)
    }
  }
}

/// A server that answers requests holds a verifier, and the access keys only.
struct APIServer {
  var verifier: AccessTokenVerifier

  func subscription(_ accessToken: String) -> String {
    do throws(TokenError) {
      let token = try verifier.verify(authorization: "Bearer \(accessToken)")
      return "200 \(token.subject) has the subscription"
    } catch {
      return "401 \(error.code): \(error)"
    }
  }
}

/// The app holds the state machine, and a keychain of bytes.
@MainActor struct Phone {
  var restoration = SessionRestoration()
  var keychain: [UInt8]?
  var isAnswerLost = false

  /// Tells the machine what happened and performs the effects in order.
  mutating func tell(_ event: SessionRestoration.Event) {
    let effects = restoration.handle(event, at: now)
    for effect in effects {
      switch effect {
      case .readStore(let ticket):
        tell(.storeRead(ticket, .init(bytes: keychain)))
      case .save(let session, let ticket):
        keychain = session.bytes
        tell(.saved(ticket))
      case .erase(let ticket):
        keychain = nil
        tell(.erased(ticket))
      case .refresh(let request, let ticket):
        tell(.answered(ticket, send(request)))
      case .stateChanged(let state):
        print("  phone: \(state)")
      case .sessionInUse, .accessRenewed, .wake, .sendRevocation:
        break
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

  func querySubscription() {
    if case .attach(let accessToken) = restoration.access(at: now) {
      print("  subscription: \(apiServer.subscription(accessToken))")
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

// Two rings of keys, and a policy: 15 minutes, a year since sign-in, 90 days without use.
let accessKeys = try KeyRing(active: .random(id: "access-2026-11"))
let refreshKeys = try KeyRing(active: .random(id: "refresh-2026-11"))
let policy = try RotationPolicy(
  accessTTL: .seconds(900), refreshTTL: .days(365), idleTTL: .days(90))
let (issuer, audience) = ("https://id.example.com", "https://api.example.com")
var signInServer = try SignInServer(
  authority: SessionAuthority(
    issuer: issuer, audience: audience, accessKeys: accessKeys, refreshKeys: refreshKeys,
    policy: policy))
var apiServer = try APIServer(
  verifier: AccessTokenVerifier(issuer: issuer, audience: audience, keys: accessKeys))
var phone = Phone()

var now = NumericDate(clamping: 1_795_000_000)
@MainActor func pass(_ interval: Duration) {
  now = now + interval
  signInServer.authority.clock = .fixed(now)
  apiServer.verifier.clock = .fixed(now)
}

print("1. The user signs in")
pass(.zero)
phone.launch()
let first = try signInServer.signIn("user-42")
phone.tell(.signedIn(first))

print("\n2. The app is opened 40 days later, and resumes silently")
pass(.days(40))
print("  the old access token: \(apiServer.subscription(first.accessToken))")
phone.launch()

print("\n3. A response is lost, and the app is closed; a day later the same bytes come back")
pass(.days(10))
phone.isAnswerLost = true
phone.launch()
let lost = signInServer.handedOut.last
pass(.days(1))
phone.isAnswerLost = false
phone.launch()
let replayed = signInServer.handedOut.dropLast().last
print("  the lost tokens, byte for byte: \(replayed == lost)")
print("  (and as that access token had died meanwhile, the phone refreshed once more)")

print("\n4. Each token is good for its own endpoint and nothing else")
if case .attach(let accessToken) = phone.restoration.access(at: now) {
  let answer = signInServer.refresh(accessToken, idempotencyKey: "nZ5pQ8wJ3yB7cL6d")
  print("  access token to refresh: \(answer.status) \(answer.body)")
}
print("  refresh token to authenticate: \(apiServer.subscription(phone.refreshToken))")

print("\n5. A thief has copied the refresh token, and comes second")
let stolen = phone.refreshToken
pass(.days(1))
phone.launch()
pass(.days(1))
let thief = signInServer.refresh(stolen, idempotencyKey: "thief-0000000001")
print("  the thief: \(thief.status) \(thief.body)")
print("  the user:")
phone.launch()

print("\n6. The user signs in again, and stays away for too long")
phone.tell(.signedIn(try signInServer.signIn("user-42")))
let presented = try signInServer.authority.verifyRefresh(phone.refreshToken)
if let record = signInServer.sessions[presented.sessionID] {
  let window = signInServer.authority.refreshWindow(of: record)
  pass(window.closesAt - now)
  phone.launch()
  if case .closed(let bound) = window.state(at: now) {
    print("  the refresh_ttl window is closed by its \(bound) end")
  }
}

extension Duration {
  static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}
