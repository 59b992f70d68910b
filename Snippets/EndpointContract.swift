// SPDX-License-Identifier: Apache-2.0

// The examples of the endpoint contract, each of them an answer that the package gave just now.
//
//   swift run EndpointContract          the section `examples` of Resources/openapi.yaml
//   swift run EndpointContract tables   the two tables of Articles/TheEndpointContract.md
//
// Keys, clock and random numbers are fixed, so that the same text comes out every time.

import SessionTokens

// MARK: One authority, and others like it

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

let day = Duration.seconds(86_400)
let signIn = NumericDate(clamping: 1_795_000_000)

func authority(
  at now: NumericDate = signIn, audience: String = "https://api.example.com",
  month: String = "2026-11", retired: [String] = [], seed: UInt64 = 1,
  refreshTTL: Duration = day * 365
) throws -> SessionAuthority {
  var generator = SeededGenerator(seed: seed)
  return try SessionAuthority(
    issuer: "https://id.example.com", audience: audience,
    accessKeys: KeyRing(active: .random(id: "access-\(month)", using: &generator)),
    refreshKeys: KeyRing(
      active: .random(id: "refresh-\(month)", using: &generator), retired: retired),
    policy: RotationPolicy(
      accessTTL: .seconds(900), refreshTTL: refreshTTL, idleTTL: min(refreshTTL, day * 90)),
    clock: .fixed(now))
}

func openSession(
  _ authority: SessionAuthority, seed: UInt64 = 2
) throws -> (tokens: TokenPair, record: SessionRecord) {
  var generator = SeededGenerator(seed: seed)
  return try authority.openSession(
    subject: "user-42", claims: CustomClaims(["roles": ["subscriber"]]), using: &generator)
}

let ours = try authority()
let (tokens, record) = try openSession(ours)

// MARK: Refusals

let (key, nextKey) = ("qJ3mVd8ZrT0pXw5cKf2hNg", "uY7bLs4QeA9iMz1oRj6tDk")

func decide(
  _ token: String, _ record: SessionRecord?, key: String? = key, at now: NumericDate = signIn,
  retired: [String] = []
) throws -> RotationDecision {
  let authority = try authority(at: now, retired: retired)
  do throws(Refusal) {
    return authority.rotate(
      try authority.verifyRefresh(token), record: record, idempotencyKey: key, claims: .empty)
  } catch {
    return .refuse(error)
  }
}

func rotated(_ token: String, _ record: SessionRecord, key: String) throws -> (
  token: String, record: SessionRecord
) {
  let decision = try decide(token, record, key: key)
  return (try decision.answer.get().refreshToken, decision.update?.record ?? record)
}

let second = try rotated(tokens.refreshToken, record, key: key)
let third = try rotated(second.token, second.record, key: nextKey)

func withoutRecord(
  _ token: String, signedInSince: NumericDate?, at now: NumericDate
) throws -> Result<TokenPair, Refusal> {
  try authority(at: now)
    .rotateWithoutRecord(token, signedInSince: signedInSince, claims: .empty)
}

let shortLived = try authority(refreshTTL: day * 30).openSessionWithoutRecord(subject: "user-42")

let answers: [Result<TokenPair, Refusal>] = [
  try decide("not a token", record).answer,
  try decide(openSession(authority(seed: 7)).tokens.refreshToken, record).answer,
  try decide(openSession(authority(month: "2027-02")).tokens.refreshToken, record).answer,
  try decide(
    openSession(authority(month: "2025-11")).tokens.refreshToken, record,
    retired: ["refresh-2025-11"]
  ).answer,
  try decide(tokens.accessToken, record).answer,
  try decide(tokens.refreshToken, nil).answer,
  try decide(tokens.refreshToken, openSession(ours, seed: 3).record).answer,
  try decide(tokens.refreshToken, ours.revoke(record, reason: .signedOut)?.record).answer,
  try decide(tokens.refreshToken, record, at: signIn - ours.policy.clockSkew - .seconds(1)).answer,
  try decide(tokens.refreshToken, record, at: signIn + day * 90).answer,
  try decide(tokens.refreshToken, third.record, key: key).answer,
  try decide(tokens.refreshToken, second.record, key: nextKey).answer,
  try withoutRecord(shortLived.refreshToken, signedInSince: nil, at: signIn + day * 30),
  try withoutRecord(shortLived.refreshToken, signedInSince: signIn + day, at: signIn + day),
]
let refusals = answers.enumerated().map { number, answer in
  guard case .failure(let refusal) = answer else {
    preconditionFailure("answer \(number), counted from 0, hands out tokens")
  }
  return refusal
}

// MARK: Challenges

func challenge(
  _ authorization: String?, at now: NumericDate = signIn
) throws -> TokenError {
  let verifier = try authority(at: now).accessTokenVerifier
  do throws(TokenError) {
    _ = try verifier.verify(authorization: authorization)
    preconditionFailure("let in")
  } catch {
    return error
  }
}

let hs512 = "eyJhbGciOiJIUzUxMiJ9.e30." + String(repeating: "A", count: 43)
let elsewhere = try openSession(authority(audience: "https://other.example.com")).tokens
let challenges = try [
  challenge(nil),
  challenge("Bearer not-a-token"),
  challenge("Bearer \(hs512)"),
  challenge("Bearer \(tokens.refreshToken)"),
  challenge("Bearer \(openSession(authority(month: "2027-02")).tokens.accessToken)"),
  challenge("Bearer \(openSession(authority(seed: 7)).tokens.accessToken)"),
  challenge("Bearer \(tokens.accessToken)", at: signIn + .seconds(900)),
  challenge("Bearer \(elsewhere.accessToken)"),
]

// MARK: The text

func printExample(_ name: String, summary: String, value: String) {
  print("    \(name):\n      summary: \(summary)\n      value: \(value)")
}

func printExamples() throws {
  print("  examples:")
  printExample(
    "tokens", summary: "after a sign-in or a refresh", value: tokens.response.json)
  let late = try decide(
    tokens.refreshToken, second.record, key: key, at: signIn + .seconds(86_400))
  printExample(
    "tokens_replayed", summary: "a lost response, repeated a day later",
    value: try late.answer.get().response.json)
  printExample(
    "refresh_request", summary: "the stored token",
    value: #"{"grant_type":"refresh_token","refresh_token":"\#(tokens.refreshToken)"}"#)
  printExample("idempotency_key", summary: "the key stored with the token", value: key)
  printExample(
    "revocation_request", summary: "the newest token",
    value: #"{"token":"\#(tokens.refreshToken)","token_type_hint":"refresh_token"}"#)
  for refusal in refusals {
    printExample(
      "refusal_\(refusal.code.rawValue)",
      summary: "\(refusal.statusCode), \(refusal.isDefinitive ? "definitive" : "try again later")",
      value: refusal.json)
  }
  for error in challenges {
    let quoted = error.challenge.split(separator: "'").joined(separator: "''")
    printExample("challenge_\(error.code)", summary: error.code, value: "'\(quoted)'")
  }
}

func printTables() {
  print("| `refusal` | status | definitive | `error_description` |")
  print("|---|---|---|---|")
  for refusal in refusals {
    let isDefinitive = refusal.isDefinitive ? "yes" : "no"
    print("| `\(refusal.code.rawValue)` | \(refusal.statusCode) | \(isDefinitive) | \(refusal) |")
  }
  print("\n| why | `WWW-Authenticate` |")
  print("|---|---|")
  for error in challenges { print("| `\(error.code)` | `\(error.challenge)` |") }
}

if CommandLine.arguments.contains("tables") { printTables() } else { try printExamples() }
