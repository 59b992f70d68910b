// How a host tests its sessions without waiting, and moves users over from what it had before.
//
// `swift run TestingAndMigrating` does both.

import SessionTokens

// snippet.clock

/// An authority whose clock a test moves.
@MainActor final class TestTime {
  private(set) var now = NumericDate(clamping: 1_795_000_000)
  private var authority: SessionAuthority

  init(_ authority: SessionAuthority) { self.authority = authority }

  func pass(_ interval: Duration) { now = now + interval }

  /// The authority as it is at this moment.
  var current: SessionAuthority {
    authority.clock = .fixed(now)
    return authority
  }
}

// snippet.generator

/// The same bytes in every run: for tests alone.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

// snippet.hide

func check(_ what: String, _ isTrue: Bool) {
  print(isTrue ? "as it must be: \(what)" : "WRONG: \(what)")
  precondition(isTrue, what)
}

let authority = try SessionAuthority(
  issuer: "https://id.example.com", audience: "https://api.example.com",
  accessKeys: KeyRing(active: .random(id: "access-2026-11")),
  refreshKeys: KeyRing(active: .random(id: "refresh-2026-11")),
  policy: RotationPolicy(
    accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400),
    idleTTL: .seconds(90 * 86_400)))

// snippet.window

let time = TestTime(authority)
var generator = SeededGenerator(seed: 1)
let (tokens, record) = try time.current.openSession(
  subject: "user-42", using: &generator)
let presented = try time.current.verifyRefresh(tokens.refreshToken)

time.pass(.seconds(90 * 86_400))
let late = time.current.rotate(
  presented, record: record, idempotencyKey: nil, claims: .empty)
precondition(late == .refuse(.windowClosed(by: .idle)))

// snippet.hide

var sameSeed = SeededGenerator(seed: 1)
let (_, same) = try authority.openSession(subject: "user-42", using: &sameSeed)
check("the same seed gives the same session", same.id == record.id)

// snippet.app

/// The app's machine, and a store that a test fills.
struct TestApp {
  var machine = SessionRestoration()
  var store = StoredSession.Reading.empty
  var generator = SeededGenerator(seed: 2)

  /// Tells an event, does the store work, and returns the other effects.
  mutating func tell(_ event: SessionRestoration.Event, at now: NumericDate)
    -> [SessionRestoration.Effect]
  {
    var effects = machine.handle(event, at: now, using: &generator)
    var answer: SessionRestoration.Event?
    switch effects.last {
    case .readStore(let ticket): answer = .storeRead(ticket, store)
    case .save(let session, let ticket):
      store = .found(session)
      answer = .saved(ticket)
    case .erase(let ticket):
      store = .empty
      answer = .erased(ticket)
    default: break
    }
    guard let answer else { return effects }
    effects.removeLast()
    return effects + tell(answer, at: now)
  }
}

// snippet.offline

var app = TestApp()
_ = app.tell(.launched, at: time.now)
_ = app.tell(.signedIn(tokens.response), at: time.now)
precondition(app.machine.state == .active)

// A day later the access token has ended, and nobody answers.
time.pass(.seconds(86_400))
guard
  case .refresh(let request, let ticket)? =
    app.tell(.timePassed, at: time.now).last
else { preconditionFailure("a refresh is due") }
precondition(request.refreshToken == tokens.refreshToken)
_ = app.tell(.answered(ticket, .unreachable), at: time.now)
guard case .suspended(let suspension) = app.machine.state else {
  preconditionFailure("offline, and not signed out")
}
precondition(suspension.cause == .unreachable)

// snippet.legacy

/// A refresh token of the system before this one, as its table has it.
struct LegacySession {
  let user: String
  let signedInAt: NumericDate
  var isUsed = false
}

/// The endpoint that apps call once, with their old token, after the update.
func exchange(
  _ legacy: inout LegacySession, authority: SessionAuthority
) throws -> (tokens: TokenPair, record: SessionRecord)? {
  guard !legacy.isUsed else { return nil }
  legacy.isUsed = true
  return try authority.openSession(
    subject: legacy.user, authenticatedAt: legacy.signedInAt)
}

// snippet.hide

var legacy = LegacySession(
  user: "user-7", signedInAt: time.now - .seconds(300 * 86_400))
if let moved = try exchange(&legacy, authority: time.current) {
  let window = time.current.refreshWindow(of: moved.record)
  check(
    "the window still counts from the sign-in of then",
    window.closesAt == legacy.signedInAt + .seconds(365 * 86_400))
}
check(
  "and the old token counts once",
  try exchange(&legacy, authority: time.current) == nil)

// snippet.both

/// Accepts tokens of this package, and for as long as they live those of the
/// library before it.
struct EitherVerifier {
  let verifier: AccessTokenVerifier
  let legacyKeys: KeyRing
  let legacy: ClaimsValidator

  func subject(of accessToken: String) throws(TokenError) -> String? {
    let type = try UnverifiedJWT(accessToken).type
    if type == "at+jwt" { return try verifier.verify(accessToken).subject }
    return try JWT.decode(
      accessToken, keys: legacyKeys, type: .jwtOrAbsent, validator: legacy
    ).claims.subject
  }
}

// snippet.hide

let legacyKey = try SigningKey.random(id: "legacy")
let either = EitherVerifier(
  verifier: time.current.accessTokenVerifier,
  legacyKeys: try KeyRing(active: legacyKey),
  legacy: try ClaimsValidator(
    issuer: .exactly("https://old.example.com"), audience: .notChecked,
    clock: .fixed(time.now)))
let legacyToken = try JWT.encode(
  Claims(
    issuer: "https://old.example.com", subject: "user-7",
    expiresAt: time.now + .seconds(60)),
  type: "JWT", key: legacyKey)
check(
  "a legacy token is taken", try either.subject(of: legacyToken) == "user-7")
let (newTokens, _) = try time.current.openSession(subject: "user-7")
check(
  "and one of ours", try either.subject(of: newTokens.accessToken) == "user-7")
let unaimed = try JWT.encode(
  Claims(subject: "user-7", expiresAt: time.now + .seconds(60)), type: "at+jwt",
  key: legacyKey)
do throws(TokenError) {
  _ = try either.subject(of: unaimed)
  check("a legacy key signs no token of ours", false)
} catch {
  check("a legacy key signs no token of ours: \(error)", error == .unknownKey)
}

// snippet.log

print("\(record)")
print("\(late)")
print("\(tokens)")
