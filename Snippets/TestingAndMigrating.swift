// SPDX-License-Identifier: Apache-2.0

// How a host tests its sessions without waiting, and accepts the tokens of its earlier system.
// `Tests/Adoption` moves users over.
//
// `swift run TestingAndMigrating` does both.

import Foundation
import SessionTokens

// snippet.clock

/// A clock that a test moves, for servers and the app alike.
final class TestTime: @unchecked Sendable {
  private let lock = NSLock()
  private var date = NumericDate(clamping: 1_795_000_000)

  var now: NumericDate { lock.withLock { date } }

  var clock: WallClock { WallClock { self.now } }

  func pass(_ interval: Duration) {
    lock.withLock { date = date + interval }
  }
}

// snippet.generator

/// The same bytes in every run: for tests only.
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

// snippet.window

let time = TestTime()
var generator = SeededGenerator(seed: 1)
let authority = try SessionAuthority(
  issuer: "https://id.example.com", audience: "https://api.example.com",
  accessKeys: KeyRing(active: .random(id: "access", using: &generator)),
  refreshKeys: KeyRing(active: .random(id: "refresh", using: &generator)),
  policy: RotationPolicy(
    accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400),
    idleTTL: .seconds(90 * 86_400)),
  clock: time.clock)

let (tokens, record) = try authority.openSession(
  subject: "user-42", using: &generator)
let presented = try authority.verifyRefresh(tokens.refreshToken)

time.pass(.seconds(90 * 86_400))
let late = authority.rotate(
  presented, record: record, idempotencyKey: nil, claims: .empty)
precondition(late == .refuse(.windowClosed(by: .idle)))

// snippet.hide

var sameSeed = SeededGenerator(seed: 1)
for id in ["access", "refresh"] {
  _ = try SigningKey.random(id: id, using: &sameSeed)
}
let (_, same) = try authority.openSession(subject: "user-42", using: &sameSeed)
check("the same seed gives the same session", same.id == record.id)

// snippet.app

/// The app's machine, and a store that a test fills.
struct TestApp {
  var machine = SessionRestoration()
  var store = StoredSession.Reading.empty
  var generator = SeededGenerator(seed: 2)

  /// Sends an event, does the store work, and returns the other effects.
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

// snippet.both

/// Accepts access tokens of this package, and of the earlier system for as
/// long as they live.
struct EitherVerifier {
  let verifier: AccessTokenVerifier
  let legacyKeys: KeyRing
  let legacy: ClaimsValidator

  func subject(of accessToken: String) throws(TokenError) -> String? {
    let type = try UnverifiedJWT(accessToken).type
    if type == "at+jwt" { return try verifier.verify(accessToken).subject }
    let claims = try JWT.decode(
      accessToken, keys: legacyKeys, type: .jwtOrAbsent, validator: legacy
    ).claims
    // The earlier system signs its other tokens with the same key.
    guard claims.custom["token_type"]?.string == "access" else {
      throw .wrongType(expected: "access")
    }
    return claims.subject
  }
}

// snippet.hide

// The token that jwt.io showed for years, with its secret of 19 bytes. Zeros up
// to 32 bytes change nothing but that a ring takes it.
let legacySecret = Array("your-256-bit-secret".utf8)
let zeros = [UInt8](repeating: 0, count: 32 - legacySecret.count)
let legacyKeys = try KeyRing.unnamed(secret: legacySecret + zeros)
let legacyToken =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
  + "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
  + "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
check(
  "a token of the earlier system is taken, with its short secret",
  try JWT.decode(
    legacyToken, keys: legacyKeys, type: .jwtOrAbsent,
    validator: ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent,
      clock: time.clock)
  ).claims.subject == "1234567890")

let either = EitherVerifier(
  verifier: authority.accessTokenVerifier, legacyKeys: legacyKeys,
  legacy: try ClaimsValidator(
    issuer: .notChecked, audience: .exactly("https://old.example.com"),
    acceptsNumericSubject: true, clock: time.clock))
/// Returns a token of the earlier system.
func old(_ type: String, for audience: String, endsAt: NumericDate?) throws
  -> String
{
  try JWT.encode(
    Claims(
      subject: "1001", audience: [audience], expiresAt: endsAt,
      custom: ["token_type": .string(type)]), key: legacyKeys.active)
}
let soon = time.now + .seconds(60)
let oldAccess = try old(
  "access", for: "https://old.example.com", endsAt: soon)
check(
  "an old access token is taken",
  try either.subject(of: oldAccess) == "1001")
let (newTokens, _) = try authority.openSession(subject: "user-7")
check(
  "and one of ours", try either.subject(of: newTokens.accessToken) == "user-7")
let forged = try JWT.encode(
  Claims(subject: "user-7", expiresAt: time.now + .seconds(60)), type: "at+jwt",
  key: legacyKeys.active)
do throws(TokenError) {
  _ = try either.subject(of: forged)
  check("the earlier key signs no token of ours", false)
} catch {
  check("the earlier key signs no token of ours: \(error)", error == .unknownKey)
}

for (text, token, refusal) in [
  (
    "an old refresh token",
    try old("refresh", for: "https://old.example.com", endsAt: soon),
    "the token's type is not access"
  ),
  (
    "a link to reset a password",
    try old("reset", for: "https://old.example.com", endsAt: soon),
    "the token's type is not access"
  ),
  (
    "a token for others",
    try old("access", for: "https://others.example.com", endsAt: soon),
    "aud is not as expected"
  ),
  (
    "a token without an end",
    try old("access", for: "https://old.example.com", endsAt: nil),
    "exp is missing"
  ),
] {
  do throws(TokenError) {
    _ = try either.subject(of: token)
    check("\(text) is no access token", false)
  } catch {
    check("\(text) is no access token: \(error)", "\(error)" == refusal)
  }
}

// snippet.log

print("\(record)")
print("\(late)")
print("\(tokens)")
