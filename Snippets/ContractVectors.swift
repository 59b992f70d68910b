// SPDX-License-Identifier: Apache-2.0

// The contract as data, for servers and apps in other languages: Tests/Contract has it, with a reader.
//
//   swift run ContractVectors server   Tests/Contract/server.json
//   swift run ContractVectors app      Tests/Contract/app.json
//   swift run ContractVectors          how many rows each section has
//
// Every expected value is what the package answered just now. Keys, clocks and random numbers are fixed,
// so that the same text comes out every time. Tests/Contract/README.md says what the rows mean.

import SessionTokens

// MARK: - Text

/// Writes JSON: members on lines of their own down to a row's, in ASCII.
func json(_ value: JSONValue, indentation: String = "", levels: Int = 0) -> String {
  let isOpen = levels > 0
  let inner = isOpen ? indentation + "  " : ""
  let separator = isOpen ? ",\n" : ", "
  func enclosed(_ parts: [String], _ open: String, _ close: String) -> String {
    guard isOpen, !parts.isEmpty else { return open + parts.joined(separator: separator) + close }
    return "\(open)\n" + parts.joined(separator: separator) + "\n\(indentation)\(close)"
  }
  switch value {
  case .null: return "null"
  case .bool(let value): return "\(value)"
  case .integer(let value): return "\(value)"
  case .double(let value): return "\(value)"
  case .string(let value): return quoted(value)
  case .array(let elements):
    let parts = elements.map {
      inner + json($0, indentation: inner, levels: max(0, levels - 1))
    }
    return enclosed(parts, "[", "]")
  case .object(let members):
    let parts = members.map { name, value in
      "\(inner)\(quoted(name)): \(json(value, indentation: inner, levels: max(0, levels - 1)))"
    }
    return enclosed(parts, "{", "}")
  }
}

func quoted(_ text: String) -> String {
  var result = "\""
  for unit in text.utf16 {
    switch unit {
    case 0x22, 0x5c: result += "\\\(Character(UnicodeScalar(UInt8(unit))))"
    case 0x20...0x7e: result += String(UnicodeScalar(UInt8(unit)))
    default:
      let digits = String(unit, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return result + "\""
}

func base64url(_ bytes: some Collection<UInt8>) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  var text = ""
  var bits = 0
  var count = 0
  for byte in bytes {
    bits = bits << 8 | Int(byte)
    count += 8
    while count >= 6 {
      count -= 6
      text.append(digits[bits >> count & 63])
    }
    bits &= 0xff
  }
  if count > 0 { text.append(digits[bits << (6 - count) & 63]) }
  return text
}

func base64url(_ text: String) -> String { base64url(Array(text.utf8)) }

extension JSONValue {
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  init(_ date: NumericDate?) { self = date.map { .integer($0.secondsSinceEpoch) } ?? .null }
  init(_ duration: Duration?) { self = duration.map { .integer($0.components.seconds) } ?? .null }
}

// MARK: - Rows

/// The sections of a file, in the order in which they were begun; this program has one thread.
nonisolated(unsafe) var sections: JSONObject = [:]
nonisolated(unsafe) var rows: [JSONValue] = []

func add(_ rule: String, _ scene: String, _ input: JSONObject, expect: JSONValue) {
  var row: JSONObject = ["rule": .string(rule), "case": .string(scene)]
  for (name, value) in input { row[name] = value }
  row["expect"] = expect
  rows.append(.object(row))
}

func section(_ name: String, _ body: () throws -> Void) throws {
  rows = []
  try body()
  sections[name] = .array(rows)
}

// MARK: - The servers

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

func secret(_ seed: UInt64) -> [UInt8] {
  var generator = SeededGenerator(seed: seed)
  return (0..<32).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
}

func key(_ id: String, _ seed: UInt64) -> String { "\(id):\(base64url(secret(seed)))" }

struct Configuration {
  var name = "standard"
  var issuer = "https://id.example.com"
  var audience = "https://api.example.com"
  var accessKeys = [key("access-2026-11", 1), key("access-2026-08", 2), "access-2025-11:retired"]
  var refreshKeys = [
    key("refresh-2026-11", 3), key("refresh-2026-08", 4), "refresh-2025-11:retired",
  ]
  var accessTTL = minute * 15
  var refreshTTL = day * 365
  var idleTTL: Duration? = day * 90
  var retryGrace: Duration? = minute * 2
  var clockSkew = Duration.seconds(30)

  func authority(at now: NumericDate) throws -> SessionAuthority {
    try SessionAuthority(
      issuer: issuer, audience: audience,
      accessKeys: KeyRing(parsing: accessKeys.joined(separator: ",")),
      refreshKeys: KeyRing(parsing: refreshKeys.joined(separator: ",")),
      policy: policy(), clock: .fixed(now))
  }

  func policy() throws -> RotationPolicy {
    try RotationPolicy(
      accessTTL: accessTTL, refreshTTL: refreshTTL, idleTTL: idleTTL, retryGrace: retryGrace,
      clockSkew: clockSkew)
  }

  var policyJSON: JSONObject {
    [
      "access_ttl": JSONValue(accessTTL), "refresh_ttl": JSONValue(refreshTTL),
      "idle_ttl": JSONValue(idleTTL), "retry_grace": JSONValue(retryGrace),
      "clock_skew": JSONValue(clockSkew),
    ]
  }

  var json: JSONValue {
    [
      "issuer": .string(issuer), "audience": .string(audience),
      "access_keys": .string(accessKeys.joined(separator: ",")),
      "refresh_keys": .string(refreshKeys.joined(separator: ",")),
      "policy": .object(policyJSON),
    ]
  }
}

let minute = Duration.seconds(60)
let day = Duration.seconds(86_400)
let second = Duration.seconds(1)
let signIn = NumericDate(clamping: 1_795_000_000)

let standard = Configuration()
let noIdleEnd = Configuration(name: "no idle end", idleTTL: nil)
let bothEnds = Configuration(name: "both ends at once", refreshTTL: day * 30, idleTTL: day * 30)
let exact = Configuration(
  name: "no grace, no skew", accessTTL: day * 40, refreshTTL: day * 40, idleTTL: nil,
  retryGrace: .zero, clockSkew: .zero)
let nextKeys = Configuration(
  name: "next keys",
  accessKeys: [key("access-2027-02", 5), key("access-2026-11", 1)],
  refreshKeys: [key("refresh-2027-02", 6), key("refresh-2026-11", 3)])
let retiredKeys = Configuration(
  name: "retired keys", accessKeys: [key("access-2027-02", 5), "access-2026-11:retired"],
  refreshKeys: [key("refresh-2027-02", 6), "refresh-2026-11:retired"])
let endless = Configuration(
  name: "a hundred years", refreshTTL: .seconds(3_155_760_000), idleTTL: nil)
let unicode = Configuration(
  name: "unicode", issuer: "https://id.example.com/caf\u{e9}", audience: "\u{1f511} \"api\"\n",
  accessKeys: [key("clé/\"1\"", 7)], refreshKeys: [key("r\u{e9}f", 8)])
let configurations = [
  standard, noIdleEnd, bothEnds, exact, nextKeys, retiredKeys, endless, unicode,
]

// MARK: - Sessions and their records

/// A record whose columns can be changed.
struct Row {
  var id: SessionID
  var subject: String
  var clientID: String?
  var authenticatedAt: NumericDate
  var rotatedAt: NumericDate
  var generation: Int64
  var secret: SessionSecret
  var idempotencyKeys: IdempotencyKeys
  var revocationReason: RevocationReason?
  var revokedAt: NumericDate?
  var version: Int64

  init(_ record: SessionRecord) {
    id = record.id
    subject = record.subject
    clientID = record.clientID
    authenticatedAt = record.authenticatedAt
    rotatedAt = record.rotatedAt
    generation = record.generation
    secret = record.secret
    idempotencyKeys = record.idempotencyKeys
    revocationReason = record.revocationReason
    revokedAt = record.revokedAt
    version = record.version
  }

  var record: SessionRecord {
    SessionRecord(
      id: id, subject: subject, clientID: clientID, authenticatedAt: authenticatedAt,
      rotatedAt: rotatedAt, generation: generation, secret: secret,
      idempotencyKeys: idempotencyKeys, revocationReason: revocationReason, revokedAt: revokedAt,
      version: version)
  }
}

func changed(_ record: SessionRecord, _ change: (inout Row) -> Void) -> SessionRecord {
  var row = Row(record)
  change(&row)
  return row.record
}

extension JSONValue {
  init(_ record: SessionRecord?) {
    guard let record else {
      self = .null
      return
    }
    typealias Column = SessionRecord.CodingKeys
    var columns: JSONObject = [:]
    for column in Column.allCases {
      columns[column.stringValue] =
        switch column {
        case .id: .string(record.id.description)
        case .subject: .string(record.subject)
        case .clientID: JSONValue(record.clientID)
        case .authenticatedAt: JSONValue(record.authenticatedAt)
        case .rotatedAt: JSONValue(record.rotatedAt)
        case .generation: .integer(record.generation)
        case .secret: .string(base64url(record.secret.bytes))
        case .idempotencyKeys: .string(record.idempotencyKeys.rawValue)
        case .revocationReason: JSONValue(record.revocationReason?.rawValue)
        case .revokedAt: JSONValue(record.revokedAt)
        case .version: .integer(record.version)
        }
    }
    self = .object(columns)
  }

  init(_ pair: TokenPair) {
    self = [
      "access_token": .string(pair.accessToken), "expires_in": JSONValue(pair.response.expiresIn),
      "refresh_token": .string(pair.refreshToken),
      "refresh_token_expires_in": JSONValue(pair.response.refreshTokenExpiresIn),
    ]
  }
}

let roles: JSONObject = ["roles": ["subscriber"]]

func open(
  _ configuration: Configuration = standard, seed: UInt64 = 20, at now: NumericDate = signIn,
  subject: String = "user-42", clientID: String? = "ios", claims: JSONObject = roles,
  authenticatedAt: NumericDate? = nil
) throws -> (tokens: TokenPair, record: SessionRecord) {
  var generator = SeededGenerator(seed: seed)
  return try configuration.authority(at: now).openSession(
    subject: subject, clientID: clientID, claims: CustomClaims(claims),
    authenticatedAt: authenticatedAt, using: &generator)
}

/// The key of the request that made a generation.
func requestKey(_ generation: Int) -> String { "request-to-generation-\(generation)" }

/// A session that was rotated again and again, ten minutes apart.
struct History {
  var tokens: [TokenPair]
  var records: [SessionRecord]

  init(
    _ count: Int, _ configuration: Configuration = standard,
    key: (Int) -> String? = { requestKey($0) }
  ) throws {
    let opened = try open(configuration)
    tokens = [opened.tokens]
    records = [opened.record]
    for generation in 1...count {
      let authority = try configuration.authority(at: signIn + minute * 10 * generation)
      let decision = authority.rotate(
        try authority.verifyRefresh(tokens[generation - 1].refreshToken),
        record: records[generation - 1], idempotencyKey: key(generation),
        claims: try CustomClaims(roles))
      tokens.append(try decision.answer.get())
      records.append(decision.update?.record ?? records[generation - 1])
    }
  }

  func token(_ generation: Int) -> String { tokens[generation].refreshToken }
}

// MARK: - Tokens made by hand

func compact(_ value: JSONValue) -> String {
  switch value {
  case .object(let members):
    "{" + members.map { "\(quoted($0.name)):\(compact($0.value))" }.joined(separator: ",") + "}"
  case .array(let elements): "[" + elements.map { compact($0) }.joined(separator: ",") + "]"
  default: json(value)
  }
}

func signed(_ header: String, _ payload: String, _ secret: [UInt8]) -> String {
  let text = base64url(header) + "." + base64url(payload)
  return text + "." + base64url(HMACSHA256(key: secret).authenticationCode(for: Array(text.utf8)))
}

let refreshHeader = #"{"alg":"HS256","typ":"rt+jwt","kid":"refresh-2026-11"}"#
let accessHeader = #"{"alg":"HS256","typ":"at+jwt","kid":"access-2026-11"}"#

/// The code that the identifiers of a recorded session's tokens are taken from.
func identifierCode(_ secret: [UInt8], _ generation: Int64) -> [UInt8] {
  let number = (0..<8).map { UInt8(truncatingIfNeeded: generation >> (56 - 8 * $0)) }
  return HMACSHA256(key: secret).authenticationCode(for: "SessionTokens jti\0".utf8 + number)
}

func refreshClaims(of record: SessionRecord, generation: Int64? = nil) -> JSONObject {
  let generation = generation ?? record.generation
  var claims: JSONObject = [
    "iss": .string(standard.issuer), "sub": .string(record.subject),
    "aud": .string(standard.issuer), "exp": JSONValue(record.rotatedAt + day * 90),
    "iat": JSONValue(record.rotatedAt),
    "jti": .string(base64url(identifierCode(record.secret.bytes, generation).prefix(16))),
    "sid": .string(record.id.description), "auth_time": JSONValue(record.authenticatedAt),
  ]
  if let clientID = record.clientID { claims["client_id"] = .string(clientID) }
  claims["gen"] = .integer(generation)
  return claims
}

func accessClaims(of record: SessionRecord) -> JSONObject {
  var claims = refreshClaims(of: record)
  claims["aud"] = .string(standard.audience)
  claims["exp"] = JSONValue(record.rotatedAt + minute * 15)
  claims["gen"] = nil
  claims["roles"] = ["subscriber"]
  return claims
}

/// A value as it is written in a payload, where no `JSONValue` says it, such as `1e3`.
func replacing(_ claims: JSONObject, _ name: String, _ literal: String) -> String {
  var claims = claims
  claims[name] = "<here>"
  return compact(.object(claims)).split("\"<here>\"", literal)
}

extension String {
  /// The text with the one occurrence of `part` replaced.
  func split(_ part: String, _ replacement: String) -> String {
    let (text, part) = (Array(utf8), Array(part.utf8))
    for start in text.indices where text[start...].starts(with: part) {
      let rest = text[(start + part.count)...]
      return String(decoding: text[..<start] + Array(replacement.utf8) + rest, as: UTF8.self)
    }
    preconditionFailure("\(part) does not occur")
  }
}

// MARK: - What a refresh endpoint says

/// A refusal, with the details that are for the server's own log and never travel.
func refusalJSON(_ refusal: Refusal) -> JSONObject {
  var result: JSONObject = ["decision": "refuse", "refusal": .string(refusal.code.rawValue)]
  switch refusal {
  case .wrongToken(let field): result["field"] = .string(field)
  case .revoked(let reason): result["reason"] = .string(reason.rawValue)
  case .windowClosed(let bound): result["bound"] = bound == .idle ? "idle" : "absolute"
  case .reuseDetected(let behind, let age):
    result["behind"] = .integer(behind)
    result["age"] = JSONValue(age)
  default: break
  }
  return result
}

func updateJSON(_ update: SessionUpdate) -> JSONValue {
  ["expected_version": .integer(update.expectedVersion), "record": JSONValue(update.record)]
}

func decisionJSON(_ decision: RotationDecision) -> JSONValue {
  switch decision {
  case .rotate(let pair, let update):
    return ["decision": "rotate", "tokens": JSONValue(pair), "write": updateJSON(update)]
  case .replay(let pair):
    return ["decision": "replay", "tokens": JSONValue(pair)]
  case .revoke(let refusal, let update):
    var result = refusalJSON(refusal)
    result["decision"] = "revoke"
    result["write"] = updateJSON(update)
    return .object(result)
  case .refuse(let refusal):
    return .object(refusalJSON(refusal))
  }
}

// MARK: - Decisions

func decide(
  _ rule: String, _ scene: String, _ token: String, _ record: SessionRecord?,
  key: String? = "the-key-of-this-request", claims: JSONObject = roles, at now: NumericDate,
  _ configuration: Configuration = standard
) throws {
  let authority = try configuration.authority(at: now)
  let decision = authority.rotate(
    try authority.verifyRefresh(token), record: record, idempotencyKey: key,
    claims: try CustomClaims(claims))
  add(
    rule, scene,
    [
      "configuration": .string(configuration.name), "now": JSONValue(now),
      "token": .string(token), "record": JSONValue(record),
      "idempotency_key": JSONValue(key), "claims": .object(claims),
    ], expect: decisionJSON(decision))
}

func addBindings() throws {
  let history = try History(3)
  let (token, record) = (history.token(1), history.records[1])
  let now = signIn + minute * 20
  try decide("row 1", "no record", token, nil, at: now)
  try decide("row 1", "no record, though the window is closed", token, nil, at: signIn + day * 400)

  let other = try open(seed: 21)
  try decide(
    "row 2", "another session's record", token,
    changed(record) { $0.id = other.record.id }, at: now)
  try decide(
    "row 2", "another subject", token, changed(record) { $0.subject = "user-43" }, at: now)
  let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
  let cafe = try open(subject: composed)
  try decide(
    "row 2", "a subject of other bytes, canonically equivalent", cafe.tokens.refreshToken,
    changed(cafe.record) { $0.subject = decomposed }, at: now)
  try decide(
    "row 2", "another client", token, changed(record) { $0.clientID = "web" }, at: now)
  try decide(
    "row 2", "a client in the token alone", token, changed(record) { $0.clientID = nil }, at: now)
  let clientless = try open(clientID: nil)
  try decide(
    "row 2", "a client in the record alone", clientless.tokens.refreshToken,
    changed(clientless.record) { $0.clientID = "ios" }, at: now)
  try decide(
    "row 2", "another sign-in", token,
    changed(record) { $0.authenticatedAt = signIn - second }, at: now)
  try decide(
    "row 2", "another secret: a token forged with a leaked signing key", token,
    changed(record) { $0.secret = other.record.secret }, at: now)
  var claims = refreshClaims(of: record)
  claims["jti"] = .string(base64url(identifierCode(record.secret.bytes, 1).suffix(16)))
  try decide(
    "row 2", "the jti of the access token",
    signed(refreshHeader, compact(.object(claims)), secret(3)),
    record, at: now)
  claims = refreshClaims(of: record)
  claims["gen"] = 0
  try decide(
    "row 2", "the jti of another generation",
    signed(refreshHeader, compact(.object(claims)), secret(3)), record, at: now)
  try decide(
    "row 2", "before row 3", token,
    changed(record) {
      $0.subject = "user-43"
      $0.revokedAt = now
    }, at: now)

  let ended = changed(record) {
    $0.revocationReason = .signedOut
    $0.revokedAt = signIn + minute * 12
  }
  try decide("row 3", "ended by the user", token, ended, at: now)
  try decide(
    "row 3", "a reason of the host's own, and no moment", token,
    changed(record) { $0.revocationReason = RevocationReason(rawValue: "fraud.2") }, at: now)
  try decide(
    "row 3", "a moment and no reason", token, changed(record) { $0.revokedAt = signIn }, at: now)
  try decide("row 3", "before row 4", token, ended, at: signIn + day * 400)
  try decide(
    "row 3", "before row 7: a replay of an ended session", history.token(0), ended,
    key: requestKey(1), at: now)
}

func addWindows() throws {
  let history = try History(3)
  let (token, record) = (history.token(1), history.records[1])
  let rotatedAt = record.rotatedAt
  let idleEnd = rotatedAt + day * 90
  try decide("row 6", "a second before the idle end", token, record, at: idleEnd - second)
  try decide("row 4", "at the idle end", token, record, at: idleEnd)
  try decide(
    "row 6", "a second before the absolute end, without an idle end", token, record,
    at: signIn + day * 365 - second, noIdleEnd)
  try decide(
    "row 4", "at the absolute end, without an idle end", token, record, at: signIn + day * 365,
    noIdleEnd)
  let late = changed(record) { $0.rotatedAt = signIn + day * 300 }
  try decide(
    "row 6", "a second before the absolute end, which comes first; the tokens end with it", token,
    late, at: signIn + day * 365 - second)
  try decide(
    "row 4", "at the absolute end, which comes first", token, late, at: signIn + day * 365)
  let opened = try open(bothEnds)
  try decide(
    "row 4", "both ends at once count as the absolute one", opened.tokens.refreshToken,
    opened.record, at: signIn + day * 30, bothEnds)
  try decide(
    "row 4", "before row 7", history.token(0), record, key: requestKey(1), at: idleEnd)
  try decide(
    "row 4", "before row 10: a token of the past ends nothing any more", history.token(0), record,
    key: nil, at: idleEnd)
  try decide(
    "row 4", "before row 5: a clock was ahead by 60 days, and the window is over", token,
    changed(record) { $0.rotatedAt = signIn + day * 425 }, at: signIn + day * 365)
  try decide(
    "row 5", "a clock was ahead by 60 days, and the window is open", token,
    changed(record) { $0.rotatedAt = signIn + day * 60 }, at: signIn + minute * 20)

  // The token is newer than the row, which came from a backup: it says when the session was active.
  let stale = history.records[1]
  let newerIssue = signIn + minute * 30
  try decide(
    "row 6", "a newer token's iat counts for idleness: a second before the end", history.token(3),
    stale, at: newerIssue + day * 90 - second)
  try decide(
    "row 4", "a newer token's iat counts for idleness: at the end", history.token(3), stale,
    at: newerIssue + day * 90)
  try decide(
    "row 4", "the row's rotatedAt counts for idleness where it is later", history.token(3),
    changed(stale) { $0.rotatedAt = newerIssue + minute }, at: newerIssue + minute + day * 90)
  try decide(
    "row 6", "the row's rotatedAt where it is later: a second before the end", history.token(3),
    changed(stale) { $0.rotatedAt = newerIssue + minute },
    at: newerIssue + minute + day * 90 - second)
  try decide(
    "row 4", "the iat of a token of the row's generation does not count for idleness", token,
    changed(record) { $0.rotatedAt = signIn }, at: signIn + day * 90)
}

func addClocks() throws {
  let history = try History(3)
  let (token, record) = (history.token(1), history.records[1])
  let issuedAt = record.rotatedAt
  let behind = changed(record) { $0.rotatedAt = signIn }
  try decide(
    "row 6", "iat ahead by the skew", token, behind, at: issuedAt - second * 30)
  try decide(
    "row 5", "iat ahead by more than the skew", token, behind, at: issuedAt - second * 31)
  let ahead = changed(record) { $0.rotatedAt = issuedAt + minute }
  try decide(
    "row 6", "rotatedAt ahead by the skew; it does not go back", token, ahead,
    at: issuedAt + second * 30)
  try decide(
    "row 5", "rotatedAt ahead by more than the skew", token, ahead, at: issuedAt + second * 29)
  try decide(
    "row 6", "no skew is allowed: at iat", token, behind, at: issuedAt, exact)
  try decide(
    "row 5", "no skew is allowed: a second before iat", token, behind, at: issuedAt - second, exact)
  try decide(
    "row 5", "before row 7", history.token(0), ahead, key: requestKey(1), at: issuedAt + second * 29
  )
  try decide(
    "row 5", "before row 10", history.token(0), ahead, key: nil, at: issuedAt + second * 29)
  try decide(
    "row 10", "the clock is within the skew behind rotatedAt: the age is 0", history.token(0),
    ahead,
    key: "another-request-s-key", at: issuedAt + second * 30)
}

func addRotations() throws {
  let history = try History(6)
  let now = signIn + minute * 15
  let (token, record) = (history.token(1), history.records[1])
  try decide("row 6", "the newest token, with a key", token, record, at: now)
  try decide("row 6", "the newest token, without a key", token, record, key: nil, at: now)
  try decide(
    "row 6", "the first rotation", history.token(0), history.records[0], key: requestKey(1),
    at: signIn + minute * 10)
  try decide(
    "row 6", "the first rotation, without a key", history.token(0), history.records[0], key: nil,
    at: signIn + minute * 10)
  try decide(
    "row 6", "claims that need escapes, numbers, nesting, an empty object", token, record,
    claims: [
      "name": "caf\u{e9} \u{1f600} \"/\\\u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f}", "count": -7,
      "ratio": 0.5,
      "nothing": nil, "is_new": true, "groups": [["a", 1], [:], []], "": "",
    ], at: now)
  try decide("row 6", "no claims", token, record, claims: [:], at: now)

  for (key, scene) in [
    ("abcdefghijklmno", "a key of 15 characters counts as absent"),
    ("abcdefghijklmnop", "a key of 16 characters"),
    (String(repeating: "Z9-_", count: 16), "a key of 64 characters"),
    (String(repeating: "Z9-_", count: 16) + "a", "a key of 65 characters counts as absent"),
    ("abcdefghijklmno,", "a key with a comma counts as absent"),
    ("abcdefghijklmno\u{e9}", "a key outside ASCII counts as absent"),
    ("abcdefghijklmnop\n", "a key with a line feed counts as absent"),
    ("", "an empty key counts as absent"),
  ] {
    try decide("idempotency keys", scene, token, record, key: key, at: now)
  }
  let full = history.records[5]
  try decide(
    "idempotency keys", "four are remembered, the oldest goes", history.token(5), full,
    at: now + day)
  try decide(
    "idempotency keys", "an absent key is remembered as absent", history.token(5), full, key: nil,
    at: now + day)
  let sparse = try History(4) { $0 == 3 ? requestKey(3) : nil }
  try decide(
    "idempotency keys", "the text ends with the last key that is there", sparse.token(4),
    sparse.records[4], key: nil, at: now + day)
  try decide(
    "idempotency keys", "absent ones before it are kept", sparse.token(4), sparse.records[4],
    at: now + day)

  for skipped in 1...5 {
    try decide(
      "row 6", "a row from a backup: the token is newer by \(skipped)",
      history.token(1 + skipped), record, at: signIn + day)
  }
  for (generation, scene) in [
    (Int64.max - 1, "the last generation but one"), (.max, "the last generation stays the last"),
  ] {
    let claims = refreshClaims(of: record, generation: generation)
    try decide(
      "row 6", scene, signed(refreshHeader, compact(.object(claims)), secret(3)),
      changed(record) {
        $0.generation = generation
        $0.version = generation
      }, at: now)
  }
  let claims = refreshClaims(of: record, generation: .max)
  try decide(
    "row 6", "a token of the last generation, a row of the first",
    signed(refreshHeader, compact(.object(claims)), secret(3)), history.records[0], at: now)
  try decide(
    "keys", "a token of the key before: new tokens of the active one", token, record, at: now,
    nextKeys)
  let lastDay = NumericDate.maximum - day
  let late = try open(endless, at: lastDay)
  try decide(
    "tokens", "dates end with the year 9999", late.tokens.refreshToken, late.record,
    at: NumericDate.maximum - minute, endless)
}

func addReplays() throws {
  let history = try History(6)
  let record = history.records[2]
  let (rotatedAt, token) = (record.rotatedAt, history.token(1))
  let lastMoment = rotatedAt + day * 90 - second
  try decide(
    "row 7", "at once: the same bytes as the first answer", token, record, key: requestKey(2),
    at: rotatedAt)
  try decide(
    "row 7", "after the grace: the same bytes, less of their lives", token, record,
    key: requestKey(2), at: rotatedAt + minute * 3)
  try decide(
    "row 7", "a second before the access token ends", token, record, key: requestKey(2),
    at: rotatedAt + minute * 15 - second)
  try decide(
    "row 7", "the access token has ended: its lifetime is 0", token, record, key: requestKey(2),
    at: rotatedAt + minute * 15 + second)
  try decide(
    "row 7", "a second before the window closes", token, record, key: requestKey(2), at: lastMoment)
  try decide(
    "row 7", "behind rotatedAt by the skew", token, record, key: requestKey(2),
    at: rotatedAt - second * 30)
  try decide(
    "row 7", "with the next keys the bytes change, gen and jti do not", token, record,
    key: requestKey(2), at: rotatedAt + minute, nextKeys)
  try decide(
    "row 7", "a constant key of the client's replays, too", token,
    changed(record) {
      $0.idempotencyKeys =
        IdempotencyKeys(rawValue: "the-constant-key,the-constant-key") ?? .empty
    }, key: "the-constant-key", at: rotatedAt + day)
  try decide(
    "row 10", "another key", token, record, at: rotatedAt)
  try decide(
    "row 10", "a key that differs in case", token, record, key: "Request-to-generation-2",
    at: rotatedAt)
  try decide(
    "row 10", "the key of the rotation before", token, record, key: requestKey(1), at: rotatedAt)
  try decide(
    "row 10", "no key, and the record has one, within the grace", token, record, key: nil,
    at: rotatedAt)

  let keyless = try History(6) { _ in nil }
  let (open, openToken) = (keyless.records[2], keyless.token(1))
  try decide("row 8", "no keys, at once", openToken, open, key: nil, at: rotatedAt)
  try decide(
    "row 8", "no keys, a second before the grace is over", openToken, open, key: nil,
    at: rotatedAt + minute * 2 - second)
  try decide(
    "row 10", "no keys, the grace is over", openToken, open, key: nil, at: rotatedAt + minute * 2)
  try decide(
    "row 8", "a malformed key counts as absent", openToken, open, key: "too-short", at: rotatedAt)
  try decide(
    "row 8", "behind rotatedAt by the skew", openToken, open, key: nil, at: rotatedAt - second * 30)
  try decide(
    "row 10", "a key, and the record has none, within the grace", openToken, open, at: rotatedAt)
  try decide(
    "row 10", "the grace is for one generation behind alone", keyless.token(0), open, key: nil,
    at: rotatedAt)
  try decide(
    "row 10", "no grace", openToken, open, key: nil, at: rotatedAt, exact)
}

func addLateCopies() throws {
  let history = try History(6)
  let record = history.records[6]
  let now = record.rotatedAt + minute
  for behind in 2...4 {
    try decide(
      "row 9", "\(behind) generations behind, with the key of its own rotation",
      history.token(6 - behind), record, key: requestKey(7 - behind), at: now)
  }
  try decide(
    "row 10", "five generations behind: the key is forgotten", history.token(1), record,
    key: requestKey(2), at: now)
  try decide(
    "row 10", "six generations behind", history.token(0), record, key: requestKey(1), at: now)
  try decide(
    "row 10", "two generations behind, with the key of another rotation", history.token(4), record,
    key: requestKey(6), at: now)
  try decide(
    "row 10", "two generations behind, without a key", history.token(4), record, key: nil, at: now)
  let keyless = try History(6) { _ in nil }
  try decide(
    "row 10", "two generations behind, no keys on both sides", keyless.token(4), keyless.records[6],
    key: nil, at: now)
  try decide(
    "row 10", "with a key, of a rotation that had none", keyless.token(4), keyless.records[6],
    at: now)
  try decide(
    "row 9", "after the grace, and long after", history.token(4), record, key: requestKey(5),
    at: now + day * 80)
  try decide(
    "row 10", "a row of the last version", history.token(0),
    changed(record) { $0.version = .max }, key: nil, at: now)
}

func addRevocations() throws {
  let history = try History(3)
  let record = history.records[3]
  let reason = RevocationReason.signedOut
  func revoke(_ scene: String, _ token: String, _ record: SessionRecord?, at now: NumericDate)
    throws
  {
    let authority = try standard.authority(at: now)
    let update = authority.revoke(
      try authority.verifyRefresh(token), record: record, reason: reason)
    add(
      "sign-out", scene,
      [
        "configuration": "standard", "now": JSONValue(now), "token": .string(token),
        "record": JSONValue(record), "reason": .string(reason.rawValue),
      ], expect: ["write": update.map { updateJSON($0) } ?? .null])
  }
  let now = record.rotatedAt + minute
  try revoke("the newest token", history.token(3), record, at: now)
  try revoke("any token of the session, however old", history.token(0), record, at: now)
  try revoke("when the window is closed", history.token(3), record, at: now + day * 400)
  try revoke("no record", history.token(3), nil, at: now)
  try revoke(
    "ended already", history.token(3), changed(record) { $0.revokedAt = signIn }, at: now)
  try revoke(
    "a token that the record's secret has not made", history.token(3),
    changed(record) { $0.secret = SessionSecret(bytes: secret(30)) ?? $0.secret }, at: now)
}

// MARK: - Tokens that are presented

func present(
  _ rule: String, _ scene: String, _ token: String, _ configuration: Configuration = standard
)
  throws
{
  let authority = try configuration.authority(at: signIn)
  let expected: JSONObject
  do throws(Refusal) {
    let presented = try authority.verifyRefresh(token)
    expected = [
      "sid": .string(presented.sessionID.description), "sub": .string(presented.subject),
      "client_id": JSONValue(presented.clientID), "gen": .integer(presented.generation),
    ]
  } catch {
    expected = refusalJSON(error)
  }
  add(
    rule, scene, ["configuration": .string(configuration.name), "token": .string(token)],
    expect: .object(expected))
}

/// The hostile forms that both kinds of tokens are held to.
func hostileForms(
  _ token: String, header: String, payload: String, secret: [UInt8], type: String
) -> [(rule: String, scene: String, token: String)] {
  func headed(_ header: String) -> String { signed(header, payload, secret) }
  func filled(_ payload: String) -> String { signed(header, payload, secret) }
  /// The header with further members.
  func extended(_ members: String) -> String { headed(header.split("}", ",\(members)}")) }
  /// The payload with further members.
  func padded(_ members: String) -> String { filled(String(payload.dropLast()) + ",\(members)}") }
  func bytes(_ header: [UInt8], _ payload: [UInt8]) -> String {
    let text = base64url(header) + "." + base64url(payload)
    return text + "." + base64url(HMACSHA256(key: secret).authenticationCode(for: Array(text.utf8)))
  }
  let parts = token.split(separator: ".").map(String.init)
  let mark: [UInt8] = [0xef, 0xbb, 0xbf]
  let (headerBytes, payloadBytes) = (Array(header.utf8), Array(payload.utf8))
  let nested = { (depth: Int) in
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
  /// A token of exactly so many bytes.
  func sized(_ count: Int) -> String {
    var size = (count - parts[0].utf8.count - parts[2].utf8.count - 2) * 3 / 4
    size -= payload.utf8.count + 7
    return padded(#""x":""# + String(repeating: "x", count: size) + #"""#)
  }
  /// An encoded header of exactly so many bytes.
  func headerSized(_ count: Int) -> String {
    let size = count * 3 / 4 - header.utf8.count - 7
    return extended(#""x":""# + String(repeating: "x", count: size) + #"""#)
  }
  let sameLength = header.split("HS256", "HS384")
  return [
    ("shape", "as it was issued", token),
    ("shape", "empty", ""),
    ("shape", "one part", "eyJhbGciOiJIUzI1NiJ9"),
    ("shape", "two parts", parts[0] + "." + parts[1]),
    ("shape", "four parts", token + "."),
    ("shape", "a space before", " " + token),
    ("shape", "a line feed after", token + "\n"),
    (
      "shape", "another encoding of the header, equal in meaning", headed("{ " + header.dropFirst())
    ),
    (
      "shape", "members of the header in another order",
      headed(header.split(#""alg":"HS256","#, "").split("}", #","alg":"HS256"}"#))
    ),
    ("limits", "a token of 16,384 bytes", sized(16_384)),
    ("limits", "a token of 16,385 bytes", sized(16_385)),
    ("limits", "an encoded header of 1,024 bytes", headerSized(1_024)),
    ("limits", "an encoded header of 1,026 bytes", headerSized(1_026)),
    ("limits", "JSON 32 deep", padded(#""x":"# + nested(31))),
    ("limits", "JSON 33 deep", padded(#""x":"# + nested(32))),
    (
      "limits", "siblings are not nesting",
      padded(#""x":["# + String(repeating: "{},", count: 40) + "[]]")
    ),
    ("JSON", "a lone low surrogate, the last", padded(#""x":"\udfff""#)),
    (
      "JSON", "numbers keep their kind",
      padded(#""x":[1,-1,1.0,1e1,9223372036854775807,-9223372036854775808,-0.5]"#)
    ),
    (
      "JSON", "integers beyond 64 bits are doubles",
      padded(#""x":[9223372036854775808,-9223372036854775809]"#)
    ),
    ("JSON", "nested values", padded(#""x":{"b":[null,true,{"a":1}],"a":""}"#)),
    (
      "limits", "brackets in a string are not nesting",
      padded(
        #""x":"\"[[[["#
          + String(repeating: "[{", count: 32) + #"""#)
    ),
    ("base64url", "padding in the signature", token + "="),
    ("base64url", "a digit of the other alphabet", parts[0] + "+." + parts[1] + "." + parts[2]),
    (
      "base64url", "last bits that are not zero",
      parts[0] + "." + parts[1] + "."
        + parts[2].dropLast() + (parts[2].last == "A" ? "B" : nextDigit(parts[2]))
    ),
    ("base64url", "a length that no bytes have", parts[0] + "." + parts[1] + "." + parts[2] + "AA"),
    ("base64url", "a signature of 31 bytes", parts[0] + "." + parts[1] + "." + parts[2].dropLast()),
    ("base64url", "a signature of 33 bytes", parts[0] + "." + parts[1] + "." + parts[2] + "A"),
    ("base64url", "no signature", parts[0] + "." + parts[1] + "."),
    (
      "signature", "the signature of another payload",
      parts[0] + "." + parts[1] + "."
        + (filled("{}").split(separator: ".").last.map(String.init) ?? "")
    ),
    (
      "signature", "another key of the same ID",
      signed(header, payload, [UInt8](repeating: 9, count: 32))
    ),
    ("alg", "none", headed(header.split("HS256", "none"))),
    ("alg", "HS384", headed(sameLength)),
    ("alg", "RS256", headed(header.split("HS256", "RS256"))),
    ("alg", "hs256", headed(header.split("HS256", "hs256"))),
    ("alg", "with U+0000", headed(header.split("HS256", "HS256\\u0000"))),
    ("alg", "absent", headed(header.split(#""alg":"HS256","#, ""))),
    ("alg", "a number", headed(header.split(#""HS256""#, "256"))),
    ("typ", "absent", headed(header.split(#""typ":"\#(type)","#, ""))),
    ("typ", "JWT", headed(header.split(type, "JWT"))),
    ("typ", "null", headed(header.split(#""\#(type)""#, "null"))),
    ("typ", "in capitals", headed(header.split(type, type.uppercased()))),
    ("typ", "with application/", headed(header.split(type, "Application/\(type)"))),
    ("typ", "application/ twice", headed(header.split(type, "application/application/\(type)"))),
    ("typ", "with U+0000", headed(header.split(type, "\(type)\\u0000"))),
    ("kid", "absent", headed(String(header.prefix { $0 != "k" }.dropLast(2)) + "}")),
    ("kid", "never heard of", headed(header.split("2026-11", "2027-02"))),
    ("kid", "with a space after it", headed(header.split("2026-11", "2026-11 "))),
    ("kid", "a number", headed(header.split(#""kid":""#, #""kid":1,"x":""#))),
    ("kid", "with U+0000", headed(header.split("2026-11", "2026-11\\u0000"))),
    ("kid", "written with an escape", headed(header.split("2026-11", "2026\\u002d11"))),
    (
      "kid", "the other live key's, signed with this one",
      headed(header.split("2026-11", "2026-08"))
    ),
    ("kid", "a retired key's", headed(header.split("2026-11", "2025-11"))),
    ("header", "crit", extended(#""crit":["exp"]"#)),
    ("header", "b64", extended(#""b64":true"#)),
    ("header", "zip", extended(#""zip":"DEF""#)),
    ("header", "cty JWT", extended(#""cty":"jwt""#)),
    ("header", "cty application/JWT", extended(#""cty":"application/JWT""#)),
    ("header", "cty that is no string", extended(#""cty":null"#)),
    ("header", "another cty", extended(#""cty":"json""#)),
    (
      "header", "embedded keys are not read",
      extended(#""jwk":{"kty":"oct"},"jku":"https://example.com""#)
    ),
    ("header", "a number beyond a double", extended(#""x":1e400"#)),
    ("header", "alg twice", extended(#""alg":"HS256""#)),
    ("header", "alg twice, once escaped", extended(#""\u0061lg":"HS256""#)),
    ("header", "not an object", headed(#"["HS256"]"#)),
    ("header", "refused before another algorithm and type", headed(#"{"alg":"none","crit":[]}"#)),
    ("typ", "refused before an unknown key", headed(#"{"alg":"HS256","typ":"JWT","kid":"x"}"#)),
    (
      "typ", "refused before a retired key",
      headed(#"{"alg":"HS256","typ":"JWT","kid":"refresh-2025-11"}"#)
    ),
    ("typ", "a number, and another algorithm", headed(#"{"alg":"none","typ":1}"#)),
    ("header", "refused before alg that is a number", headed(#"{"alg":1,"crit":[]}"#)),
    ("alg", "refused before another type", headed(#"{"alg":"none","typ":"JWT","kid":"x"}"#)),
    (
      "kid", "refused before a signature of the wrong length",
      headed(header.split("2026-11", "2027-02")) + "A"
    ),
    (
      "signature", "refused before a payload that is not JSON",
      signed(header, "nothing", [UInt8](repeating: 9, count: 32))
    ),
    ("JSON", "not an object", filled("[]")),
    ("JSON", "two values", filled(payload + "{}")),
    ("JSON", "a comma at the end", filled(String(payload.dropLast()) + ",}")),
    ("JSON", "whitespace is allowed", filled(" \t\r\n" + payload + " ")),
    ("JSON", "a vertical tab is not whitespace", filled("\u{b}" + payload)),
    ("JSON", "a byte order mark", bytes(headerBytes, mark + payloadBytes)),
    ("JSON", "a byte order mark of the header", bytes(mark + headerBytes, payloadBytes)),
    (
      "JSON", "bytes that are not UTF-8",
      bytes(
        headerBytes, payloadBytes.dropLast() + Array(#","x":""#.utf8) + [0xff] + Array(#""}"#.utf8))
    ),
    (
      "JSON", "UTF-8 of a surrogate",
      bytes(
        headerBytes,
        payloadBytes.dropLast() + Array(#","x":""#.utf8) + [0xed, 0xa0, 0x80] + Array(#""}"#.utf8))
    ),
    ("JSON", "a lone surrogate", padded(#""x":["\ud800"]"#)),
    ("JSON", "a lone surrogate in a name", padded(#""\udc00":1"#)),
    ("JSON", "a pair of surrogates", padded(#""x":"\ud83d\ude00""#)),
    ("JSON", "a control character in a string", padded("\"x\":\"\t\"")),
    ("JSON", "U+0000 in a string", padded(#""x":"\u0000""#)),
    ("JSON", "NaN", padded(#""x":NaN"#)),
    ("JSON", "a leading zero", padded(#""x":01"#)),
    ("JSON", "a number beyond a double", padded(#""x":[1e400]"#)),
    ("duplicate names", "iss twice", padded(#""iss":"\#(standard.issuer)""#)),
    ("duplicate names", "iss twice, once escaped", padded(#""\u0069ss":"\#(standard.issuer)""#)),
    ("duplicate names", "an unknown one twice", padded(#""x":1,"x":1"#)),
    ("duplicate names", "inside a member", padded(#""x":[{"y":1,"y":1}]"#)),
    ("duplicate names", "the same name in two objects", padded(#""x":{"iss":1},"y":{"iss":1}"#)),
    ("duplicate names", "canonically equivalent ones are two", padded(#""\u00e9":1,"e\u0301":1"#)),
  ]
}

/// A digit that ends a signature with unused bits that are not zero.
func nextDigit(_ signature: String) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  let index = signature.last.flatMap { digits.firstIndex(of: $0) } ?? 0
  return String(digits[index | 1])
}

/// The claims that both kinds of tokens are held to: each scene with the payload.
func hostileClaims(_ claims: JSONObject, audience: String) -> [(
  rule: String, scene: String, payload: String
)] {
  func with(_ name: String, _ literal: String) -> String { replacing(claims, name, literal) }
  func without(_ name: String) -> String {
    var claims = claims
    claims[name] = nil
    return compact(.object(claims))
  }
  var rows: [(rule: String, scene: String, payload: String)] = [
    ("iss", "another", with("iss", #""https://other.example.com""#)),
    ("iss", "with a slash more", with("iss", #""\#(standard.issuer)/""#)),
    ("iss", "written with an escape", with("iss", #""https:\/\/id.example.com""#)),
    ("iss", "a number", with("iss", "1")),
    ("iss", "a list", with("iss", #"["\#(standard.issuer)"]"#)),
    ("aud", "another", with("aud", #""https://other.example.com""#)),
    ("aud", "a list that holds it", with("aud", #"["https://other.example.com","\#(audience)"]"#)),
    ("aud", "a list that does not hold it", with("aud", #"["https://other.example.com"]"#)),
    ("aud", "an empty list", with("aud", "[]")),
    ("aud", "a list with a number", with("aud", #"["\#(audience)",1]"#)),
    ("aud", "an object", with("aud", "{}")),
    ("JSON", "a number beyond a double in a claim", with("aud", "[1e400]")),
    ("aud", "a number", with("aud", "1")),
    ("claims", "client_id absent", without("client_id")),
    ("claims", "client_id null", with("client_id", "null")),
    ("claims", "client_id empty", with("client_id", #""""#)),
    ("claims", "client_id a number", with("client_id", "1")),
    ("claims", "sub empty", with("sub", #""""#)),
    ("claims", "sub a number", with("sub", "42")),
    ("claims", "sub with U+0000", with("sub", #""a\u0000""#)),
    ("claims", "sid of 21 digits", with("sid", #""AAAAAAAAAAAAAAAAAAAAA""#)),
    ("claims", "sid with last bits that are not zero", with("sid", #""AAAAAAAAAAAAAAAAAAAAAB""#)),
    ("claims", "sid of other digits", with("sid", #""AAAAAAAAAAAAAAAAAAAA+A""#)),
    ("claims", "an unknown one", with("x", "[1]")),
    ("claims", "the payload is empty", "{}"),
    ("iss", "another, and all else is absent", #"{"iss":"https://other.example.com"}"#),
  ]
  for name in ["iss", "sub", "aud", "exp", "iat", "jti", "sid", "auth_time"] {
    let rule = ["iss", "aud"].contains(name) ? name : "claims"
    rows.append((rule, "\(name) absent", without(name)))
    rows.append((rule, "\(name) null", with(name, "null")))
  }
  for name in ["exp", "iat", "auth_time"] {
    rows += [
      ("dates", "\(name) a string", with(name, #""1795000000""#)),
      ("dates", "\(name) in milliseconds", with(name, "1795000000000")),
      ("dates", "\(name) at the end of the year 9999", with(name, "253402300799")),
      ("dates", "\(name) in the year 10000", with(name, "253402300800")),
      ("dates", "\(name) 0", with(name, "0")),
      ("dates", "\(name) -1", with(name, "-1")),
      ("dates", "\(name) true", with(name, "true")),
      ("dates", "\(name) beyond all numbers", with(name, "1e999999999")),
      ("dates", "\(name) a small fraction below 0", with(name, "-0.5")),
      ("dates", "\(name) past the end by a fraction", with(name, "253402300799.5")),
      ("dates", "\(name) with an exponent", with(name, "1.7950000005e9")),
      ("dates", "\(name) with many digits", with(name, "1795000000.99999999999999999999999999")),
    ]
  }
  return rows
}

func addPresentedTokens() throws {
  let opened = try open()
  let claims = refreshClaims(of: opened.record)
  let payload = compact(.object(claims))
  for form in hostileForms(
    opened.tokens.refreshToken, header: refreshHeader, payload: payload, secret: secret(3),
    type: "rt+jwt")
  {
    try present(form.rule, form.scene, form.token)
  }
  for row in hostileClaims(claims, audience: standard.issuer) {
    try present(row.rule, row.scene, signed(refreshHeader, row.payload, secret(3)))
  }
  func generation(_ scene: String, _ literal: String) throws {
    try present(
      "claims", "gen \(scene)",
      signed(refreshHeader, replacing(claims, "gen", literal), secret(3)))
  }
  try generation("-1", "-1")
  try generation("1.0", "1.0")
  try generation("1e1", "1e1")
  try generation("the last", "9223372036854775807")
  try generation("beyond 64 bits", "9223372036854775808")
  try generation("a string", #""0""#)
  try generation("null", "null")
  for (scene, jti) in [
    ("21 digits", "AAAAAAAAAAAAAAAAAAAAA"), ("23 digits", "AAAAAAAAAAAAAAAAAAAAAAA"),
  ] {
    try present(
      "claims", "jti of \(scene)",
      signed(refreshHeader, replacing(claims, "jti", "\"\(jti)\""), secret(3)))
  }
  try present(
    "iss", "another, after claims that are missing",
    signed(refreshHeader, #"{"aud":"https://other.example.com"}"#, secret(3)))
  try present("typ", "an access token", opened.tokens.accessToken)
  var generator = SeededGenerator(seed: 20)
  let stateless = try standard.authority(at: signIn).openSessionWithoutRecord(
    subject: "user-42", using: &generator)
  try present("typ", "a token of a session without a record", stateless.refreshToken)
  try present(
    "kid", "the other live key's",
    signed(refreshHeader.split("2026-11", "2026-08"), payload, secret(4)))
  try present("retired keys", "the key was retired", opened.tokens.refreshToken, retiredKeys)
  try present(
    "retired keys", "whoever signed it", signed(refreshHeader, payload, secret(6)), retiredKeys)
  try present(
    "retired keys", "another type comes first",
    signed(refreshHeader.split("rt+jwt", "JWT"), payload, secret(3)), retiredKeys)
  try present(
    "retired keys", "time does not count here", opened.tokens.refreshToken, nextKeys)
}

// MARK: - Access tokens

func verify(
  _ rule: String, _ scene: String, _ token: String, at now: NumericDate = signIn,
  _ configuration: Configuration = standard
) throws {
  let verifier = try configuration.authority(at: now).accessTokenVerifier
  let expected: JSONValue
  do throws(TokenError) {
    expected = accessJSON(try verifier.verify(token))
  } catch {
    expected = ["error": .string(error.code)]
  }
  add(
    rule, scene,
    [
      "configuration": .string(configuration.name), "now": JSONValue(now), "token": .string(token),
    ], expect: expected)
}

/// The claims of an access token that was accepted.
func accessJSON(_ token: AccessToken) -> JSONValue {
  [
    "sub": .string(token.subject), "client_id": JSONValue(token.clientID),
    "sid": .string(token.sessionID.description), "jti": .string(token.id),
    "auth_time": JSONValue(token.authenticatedAt), "iat": JSONValue(token.issuedAt),
    "exp": JSONValue(token.expiresAt), "claims": .object(token.custom),
  ]
}

func addAccessTokens() throws {
  let opened = try open()
  let claims = accessClaims(of: opened.record)
  let token = opened.tokens.accessToken
  for form in hostileForms(
    token, header: accessHeader, payload: compact(.object(claims)), secret: secret(1),
    type: "at+jwt")
  {
    try verify(form.rule, form.scene, form.token)
  }
  for row in hostileClaims(claims, audience: standard.audience) {
    try verify(row.rule, row.scene, signed(accessHeader, row.payload, secret(1)))
  }
  func date(_ scene: String, _ name: String, _ literal: String, at now: NumericDate) throws {
    try verify(
      "dates", scene, signed(accessHeader, replacing(claims, name, literal), secret(1)), at: now)
  }
  let expiry = signIn + minute * 15
  try verify("expiry", "a second before exp", token, at: expiry - second)
  try verify("expiry", "at exp", token, at: expiry)
  try verify("expiry", "long after exp", token, at: expiry + day * 365)
  try verify("expiry", "before iat by the skew", token, at: signIn - second * 30)
  try verify("expiry", "before iat by more", token, at: signIn - second * 31)
  try date("exp rounds down", "exp", "1795000899.9", at: signIn + second * 898)
  try date("exp rounds down: it has come", "exp", "1795000899.9", at: signIn + second * 899)
  try date("nbf has come", "nbf", "1795000010", at: signIn + second * 10)
  try date("nbf has not come", "nbf", "1795000010", at: signIn + second * 9)
  try date("nbf rounds up", "nbf", "1795000009.1", at: signIn + second * 9)
  try date("nbf a string", "nbf", #""1795000000""#, at: signIn)
  try date("nbf null", "nbf", "null", at: signIn)
  try date("iat rounds up", "iat", "1795000030.1", at: signIn)
  try date("iat at the skew", "iat", "1795000030", at: signIn)
  try date("another iat than the first", "iat", "1795000031", at: signIn + second * 2)
  var expired = claims
  expired["sub"] = nil
  try verify(
    "expiry", "expired is not all that is wrong",
    signed(accessHeader, compact(.object(expired)), secret(1)), at: expiry)
  try verify(
    "claims", "jti of any form",
    signed(accessHeader, replacing(claims, "jti", #""x""#), secret(1)))
  try verify(
    "claims", "jti empty", signed(accessHeader, replacing(claims, "jti", #""""#), secret(1)))
  try verify(
    "claims", "gen does not count",
    signed(accessHeader, replacing(claims, "gen", "true"), secret(1)))
  try verify("typ", "a refresh token", opened.tokens.refreshToken)
  try verify("retired keys", "a retired key is unknown here", token, retiredKeys)
  try verify("keys", "the key before is accepted", token, nextKeys)
  let written = try open(unicode, claims: ["roles": ["caf\u{e9}", "\u{1f600}", "\"\\\u{1}"]])
  try verify("tokens", "texts that need escapes", written.tokens.accessToken, unicode)
}

func addAuthorizationFields() throws {
  let token = try open().tokens.accessToken
  let verifier = try standard.authority(at: signIn).accessTokenVerifier
  let unknown = signed(accessHeader.split("2026-11", "2027-02"), "{}", secret(1))
  let fields: [(String, String?)] = [
    ("Bearer and a token", "Bearer \(token)"), ("the scheme in any case", "bEARER \(token)"),
    ("spaces between", "Bearer   \(token)"), ("no field", nil), ("empty", ""),
    ("another scheme", "Basic dXNlcjpwYXNz"),
    ("another scheme that begins like it", "Bearers \(token)"),
    ("a tab between", "Bearer\t\(token)"), ("no token", "Bearer"),
    ("a space and no token", "Bearer "),
    ("two tokens", "Bearer \(token) \(token)"),
    ("two fields in one", "Bearer \(token), Bearer \(token)"),
    ("a comma after", "Bearer \(token),"), ("a space after", "Bearer \(token) "),
    ("a space before", " Bearer \(token)"), ("the token alone", token),
    ("a token that is not one", "Bearer x"),
    ("a comma after a token of an unknown key", "Bearer \(unknown),"),
    ("a token of an unknown key", "Bearer \(unknown)"),
  ]
  for (scene, field) in fields {
    let expected: JSONValue
    do throws(TokenError) {
      expected = accessJSON(try verifier.verify(authorization: field))
    } catch {
      expected = ["error": .string(error.code)]
    }
    add(
      "authorization", scene,
      ["configuration": "standard", "now": JSONValue(signIn), "field": JSONValue(field)],
      expect: expected)
  }
}

// MARK: - Sessions without a record

func addSessionsWithoutRecord() throws {
  func opened(
    _ configuration: Configuration = standard, at now: NumericDate = signIn,
    authenticatedAt: NumericDate? = nil
  ) throws -> TokenPair {
    var generator = SeededGenerator(seed: 20)
    return try configuration.authority(at: now).openSessionWithoutRecord(
      subject: "user-42", clientID: "ios", claims: CustomClaims(roles),
      authenticatedAt: authenticatedAt, using: &generator)
  }
  let rule = "without a record"
  func rotate(
    _ scene: String, _ token: String, since signedInSince: NumericDate? = nil, at now: NumericDate,
    _ configuration: Configuration = standard
  ) throws {
    let result = try configuration.authority(at: now).rotateWithoutRecord(
      token, signedInSince: signedInSince, claims: CustomClaims(roles))
    let expected: JSONValue =
      switch result {
      case .success(let pair): ["decision": "rotate", "tokens": JSONValue(pair)]
      case .failure(let refusal): .object(refusalJSON(refusal))
      }
    add(
      rule, scene,
      [
        "configuration": .string(configuration.name), "now": JSONValue(now),
        "token": .string(token), "signed_in_since": JSONValue(signedInSince),
        "claims": .object(roles),
      ], expect: expected)
  }
  let token = try opened().refreshToken
  let now = signIn + day
  try rotate("new tokens of the next generation", token, at: now)
  try rotate("as often as it is presented", token, at: now + second)
  let second1 = try standard.authority(at: now).rotateWithoutRecord(
    token, signedInSince: nil, claims: CustomClaims(roles)
  ).get().refreshToken
  try rotate("the third generation", second1, at: now + day)
  try rotate("iat ahead by the skew; it does not go back", second1, at: now - second * 30)
  try rotate("iat ahead by more", second1, at: now - second * 31)
  try rotate("a second before the idle end", second1, at: now + day * 90 - second)
  try rotate("at the idle end", second1, at: now + day * 90)
  try rotate(
    "the policy of now counts, and then the token's own exp", token, at: signIn + day * 90,
    noIdleEnd)
  try rotate(
    "a second before the token's own exp", token, at: signIn + day * 90 - second, noIdleEnd)
  let bound = try opened(noIdleEnd).refreshToken
  try rotate("at the absolute end", bound, at: signIn + day * 365, noIdleEnd)
  try rotate("both ends at once count as the absolute one", token, at: signIn + day * 30, bothEnds)
  try rotate("signed in at the moment from which sign-ins count", token, since: signIn, at: now)
  try rotate("signed in a second before", token, since: signIn + second, at: now)
  try rotate("not one that is recorded", try open().tokens.refreshToken, at: now)
  try rotate("a retired key", token, at: now, retiredKeys)
  try rotate("the key before: new tokens of the active one", token, at: now, nextKeys)
  try rotate("not a token", "not a token", at: now)
  // A sign-in of the future, by a server whose clock is ahead, in a token issued by one that is right.
  var claims = refreshClaims(of: try open().record)
  let header = refreshHeader.split("rt+jwt", "rt-stateless+jwt")
  func signInAhead(_ seconds: Int64) -> String {
    claims["auth_time"] = JSONValue(now + second * Int(seconds))
    return signed(header, compact(.object(claims)), secret(3))
  }
  try rotate("auth_time ahead by the skew", signInAhead(30), at: now)
  try rotate("auth_time ahead by more", signInAhead(31), at: now)
  // Two reasons at once: the first of the order counts.
  func issued(_ iat: NumericDate, expiring exp: NumericDate) throws -> String {
    claims = refreshClaims(of: try open().record)
    (claims["iat"], claims["exp"]) = (JSONValue(iat), JSONValue(exp))
    return signed(header, compact(.object(claims)), secret(3))
  }
  let end = signIn + day * 365
  try rotate(
    "the window is closed, and iat is ahead", try issued(end + day, expiring: end + day * 2),
    at: end,
    noIdleEnd)
  try rotate("iat is ahead, and exp has come", try issued(now + day, expiring: now), at: now)
  try rotate(
    "exp has come, and the sign-in is too early", token, since: signIn + second,
    at: signIn + day * 90, noIdleEnd)
  claims = refreshClaims(of: try open().record, generation: .max)
  try rotate(
    "the last generation stays the last", signed(header, compact(.object(claims)), secret(3)),
    at: now)
}

// MARK: - Opening, identifiers, keys, policies

func addOpenings() throws {
  func opening(
    _ scene: String, _ configuration: Configuration = standard, subject: String = "user-42",
    clientID: String? = "ios", claims: JSONObject = roles, authenticatedAt: NumericDate? = nil
  ) throws {
    let opened = try open(
      configuration, subject: subject, clientID: clientID, claims: claims,
      authenticatedAt: authenticatedAt)
    var generator = SeededGenerator(seed: 20)
    let stateless = try configuration.authority(at: signIn).openSessionWithoutRecord(
      subject: subject, clientID: clientID, claims: CustomClaims(claims),
      authenticatedAt: authenticatedAt, using: &generator)
    add(
      "tokens", scene,
      [
        "configuration": .string(configuration.name), "now": JSONValue(signIn),
        "session_id": .string(opened.record.id.description),
        "secret": .string(base64url(opened.record.secret.bytes)), "subject": .string(subject),
        "client_id": JSONValue(clientID), "claims": .object(claims),
        "authenticated_at": JSONValue(authenticatedAt),
      ],
      expect: [
        "tokens": JSONValue(opened.tokens), "record": JSONValue(opened.record),
        "tokens_without_record": JSONValue(stateless),
      ])
  }
  try opening("a sign-in")
  try opening("no client, no claims", clientID: nil, claims: [:])
  try opening("a sign-in of an hour ago", authenticatedAt: signIn - minute * 60)
  try opening("a sign-in ahead of the clock counts as now", authenticatedAt: signIn + second)
  try opening(
    "a window that closes before the access token", authenticatedAt: signIn - day * 365 + minute)
  try opening(
    "a window that has closed: the tokens are expired", authenticatedAt: signIn - day * 366)
  try opening("no idle end", noIdleEnd)
  try opening(
    "texts that need escapes", unicode, subject: "\"\\/\u{7f}\u{e9}\u{1f600}", clientID: "\u{1}")
}

/// The `jti` of a token that the standard authority has signed.
func identifier(of token: String, _ keys: [String]) throws -> String? {
  let validator = try ClaimsValidator(
    issuer: .notChecked, audience: .notChecked, clock: .fixed(signIn))
  return try JWT.decode(
    token, keys: KeyRing(parsing: keys.joined(separator: ",")), type: .notChecked,
    validator: validator
  ).claims.id
}

func addIdentifiers() throws {
  let opened = try open().record
  for generation in [1, 255, 256, 1_000_000, Int64.max] {
    let record = changed(opened) {
      $0.secret = SessionSecret(bytes: secret(40)) ?? $0.secret
      $0.generation = generation - 1
    }
    let token = signed(refreshHeader, compact(.object(refreshClaims(of: record))), secret(3))
    let authority = try standard.authority(at: signIn)
    let pair = try authority.rotate(
      authority.verifyRefresh(token), record: record, idempotencyKey: nil, claims: .empty
    ).answer.get()
    add(
      "jti", "of generation \(generation)",
      ["secret": .string(base64url(secret(40))), "generation": .integer(generation)],
      expect: [
        "refresh": JSONValue(try identifier(of: pair.refreshToken, standard.refreshKeys)),
        "access": JSONValue(try identifier(of: pair.accessToken, standard.accessKeys)),
      ])
  }
}

func addKeyRings() throws {
  let (one, two) = (base64url(secret(50)), base64url(secret(51)))
  let padded = one + "="
  let standardAlphabet = String(repeating: "+/", count: 21) + "8="
  let texts: [(String, String)] = [
    ("one key", "2026-11:\(one)"), ("two keys", "2026-11:\(one),2026-08:\(two)"),
    ("a retired key", "2026-11:\(one),2025-11:retired"), ("padding", "2026-11:\(padded)"),
    ("the standard alphabet", "2026-11:\(standardAlphabet)"),
    ("both alphabets", "2026-11:-" + standardAlphabet.dropFirst()),
    ("empty", ""), ("no colon", one), ("an empty ID", ":\(one)"),
    ("an ID ends at the first colon", "a:b:\(one)"), ("a space before an ID", "a:\(one), b:\(two)"),
    ("a space after an ID", "a :\(one)"), ("a line feed at the end", "a:\(one)\n"),
    ("a comma at the end", "a:\(one),"), ("a retired key first", "a:retired,b:\(one)"),
    ("an ID twice", "a:\(one),a:\(two)"), ("live and retired", "a:\(one),a:retired"),
    ("retired twice", "a:\(one),b:retired,b:retired"),
    ("31 bytes", "a:" + base64url(secret(50).dropLast())),
    ("33 bytes", "a:" + base64url(secret(50) + [1])),
    ("last bits that are not zero", "a:" + one.dropLast() + nextDigit(one)),
    ("RETIRED", "a:\(one),b:RETIRED"), ("IDs in two cases", "a:\(one),A:\(two)"),
    ("an ID of 512 bytes as JSON", String(repeating: "i", count: 510) + ":\(one)"),
    ("an ID of 513 bytes as JSON", String(repeating: "i", count: 511) + ":\(one)"),
    (
      "an ID of 512 bytes as JSON, with an escape", String(repeating: "i", count: 508) + "\":\(one)"
    ),
    (
      "an ID of 513 bytes as JSON, with an escape", String(repeating: "i", count: 509) + "\":\(one)"
    ),
    ("two paddings", "a:" + base64url(secret(50) + [1, 2]) + "=="),
    ("three paddings", "a:" + base64url(secret(50) + [1]) + "==="),
    ("an ID with U+0000", "a\0b:\(one)"),
  ]
  for (scene, text) in texts {
    let expected: JSONValue
    do throws(KeyError) {
      let ring = try KeyRing(parsing: text)
      expected = [
        "key_ids": .array(ring.keyIDs.map { .string($0) }),
        "retired_key_ids": .array(ring.retiredKeyIDs.map { .string($0) }),
      ]
    } catch {
      expected = .null
    }
    add("key ring text", scene, ["text": .string(text)], expect: expected)
  }
}

func addTwoRings() throws {
  let shared = secret(60)
  let long = [UInt8](repeating: 0x6b, count: 65)
  let digest = "85zcJYR1jJnPgcH0HSVy9U4XBmr__J0Yeur-X3y-ISI"
  let pairs = [
    ("two keys", base64url(secret(61)), base64url(shared)),
    ("one key in both", base64url(shared), base64url(shared)),
    ("zeros at the end change nothing", base64url(shared), base64url(shared + [0, 0])),
    ("a byte at the end does", base64url(shared), base64url(shared + [1])),
    ("a key of more than 64 bytes is the same as its SHA-256", base64url(long), digest),
    (
      "one of 64 bytes is not", base64url(long.dropLast()),
      "JRm0m89p_qwnCsPIYxU56MrtTH5qYsbMVREiimF4B0U"
    ),
  ]
  for (scene, accessSecret, refreshSecret) in pairs {
    let (access, refresh) = ("a:\(accessSecret)", "r:\(refreshSecret)")
    let configuration = Configuration(accessKeys: [access], refreshKeys: [refresh])
    let isAccepted = (try? configuration.authority(at: signIn)) != nil
    add(
      "two rings", scene, ["access_keys": .string(access), "refresh_keys": .string(refresh)],
      expect: .bool(isAccepted))
  }
}

func addPolicies() throws {
  func check(_ scene: String, _ change: (inout Configuration) -> Void) {
    var configuration = Configuration()
    change(&configuration)
    let policy = try? configuration.policy()
    add(
      "policy", scene, ["policy": .object(configuration.policyJSON)],
      expect: policy.map { ["retry_grace": JSONValue($0.retryGrace)] } ?? .null)
  }
  check("as usual") { _ in }
  check("an access token without a life") { $0.accessTTL = .zero }
  check("an access token of a second") {
    $0.accessTTL = second
    $0.retryGrace = .zero
  }
  check("a negative lifetime") { $0.accessTTL = .zero - second }
  check("access tokens as long as the session") {
    $0.accessTTL = day * 365
    $0.idleTTL = nil
  }
  check("access tokens longer than the session") {
    $0.accessTTL = day * 366
    $0.idleTTL = nil
  }
  check("100 years") { $0.refreshTTL = .seconds(3_155_760_000) }
  check("more than 100 years") { $0.refreshTTL = .seconds(3_155_760_001) }
  check("no idle end") { $0.idleTTL = nil }
  check("idle end after the access token") { $0.idleTTL = minute * 15 + second }
  check("idle end with the access token") { $0.idleTTL = minute * 15 }
  check("idle end before the access token") { $0.idleTTL = minute * 15 - second }
  check("idle end with the absolute one") { $0.idleTTL = day * 365 }
  check("idle end after the absolute one") { $0.idleTTL = day * 365 + second }
  check("the grace that is the default") { $0.retryGrace = nil }
  check("the default for access tokens of less than four minutes") {
    $0.accessTTL = second * 239
    $0.retryGrace = nil
  }
  check("the default for access tokens of a second") {
    $0.accessTTL = second
    $0.retryGrace = nil
  }
  check("no grace") { $0.retryGrace = .zero }
  check("a negative grace") { $0.retryGrace = .zero - second }
  check("a grace that ends before the access token") { $0.retryGrace = minute * 15 - second }
  check("a grace that ends with the access token") { $0.retryGrace = minute * 15 }
  check("no skew") { $0.clockSkew = .zero }
  check("a negative skew") { $0.clockSkew = .zero - second }
  check("a skew of ten minutes") { $0.clockSkew = minute * 10 }
  check("a greater skew") { $0.clockSkew = minute * 10 + second }
}

func addColumns() throws {
  let key = "abcdefghijklmnop"
  for (scene, text) in [
    ("none", ""), ("one", key), ("two", "\(key),\(key)"), ("the first absent", ",\(key)"),
    ("the last absent", "\(key),"), ("four", "\(key),,,\(key)"), ("five", "\(key),,,,\(key)"),
    ("only commas", ",,"), ("too short", "abc"), ("another character", "abcdefghijklmno!"),
    ("65 characters", String(repeating: "a", count: 65)), ("a space", "\(key), \(key)"),
  ] {
    add(
      "idempotency keys", "the column: \(scene)", ["text": .string(text)],
      expect: .bool(IdempotencyKeys(rawValue: text) != nil))
  }
}

// MARK: - The wire

func headersJSON() -> JSONValue {
  var headers: JSONObject = [:]
  for field in TokenResponse.headerFields { headers[field.name] = .string(field.value) }
  return .object(headers)
}

/// Why a request is not let in.
func refusal(of field: String?, at now: NumericDate) throws -> TokenError? {
  let verifier = try standard.authority(at: now).accessTokenVerifier
  do throws(TokenError) {
    _ = try verifier.verify(authorization: field)
    return nil
  } catch {
    return error
  }
}

func addResponses() throws {
  for (scene, expiresIn, left) in [
    ("new tokens", 900, 7_776_000), ("an access token that has ended", 0, 60),
  ] {
    let response = try TokenResponse(
      accessToken: "e30.e30.a", expiresIn: second * expiresIn, refreshToken: "e30.e30.r",
      refreshTokenExpiresIn: second * left)
    add(
      "wire: tokens", scene,
      [
        "tokens": [
          "access_token": "e30.e30.a", "expires_in": .integer(Int64(expiresIn)),
          "refresh_token": "e30.e30.r", "refresh_token_expires_in": .integer(Int64(left)),
        ]
      ], expect: ["status": 200, "headers": headersJSON(), "body": .string(response.json)])
  }
  let refusals: [Refusal] = [
    .malformed, .badSignature, .unknownKey, .retiredKey, .wrongToken(field: "typ"), .unknownSession,
    .bindingMismatch, .revoked(.signedOut), .clockSkew, .windowClosed(by: .idle), .superseded,
    .reuseDetected(behind: 1, age: .zero), .expired, .signedInBefore,
  ]
  for refusal in refusals {
    add(
      "wire: refusals", refusal.code.rawValue,
      [
        "refusal": .string(refusal.code.rawValue),
        "error_description": .string(refusal.description),
      ],
      expect: [
        "status": .integer(Int64(refusal.statusCode)), "headers": headersJSON(),
        "body": .string(refusal.json),
      ])
  }
  let opened = try open()
  let token = opened.tokens.accessToken
  let payload = compact(.object(accessClaims(of: opened.record)))
  let fields: [(String?, NumericDate)] = [
    (nil, signIn), ("Bearer x", signIn),
    ("Bearer \(signed(accessHeader.split("}", #","crit":["exp"]}"#), payload, secret(1)))", signIn),
    ("Bearer \(opened.tokens.refreshToken)", signIn),
    ("Bearer \(signed(accessHeader.split("2026-11", "2027-02"), payload, secret(1)))", signIn),
    ("Bearer \(signed(accessHeader, payload, secret(2)))", signIn),
    ("Bearer \(token)", signIn + day), ("Bearer \(token)", signIn - day),
  ]
  for (field, now) in fields {
    guard let error = try refusal(of: field, at: now) else { preconditionFailure("let in") }
    add(
      "wire: challenges", error.code,
      ["error": .string(error.code), "error_description": .string(error.description)],
      expect: ["status": 401, "headers": ["WWW-Authenticate": .string(error.challenge)]])
  }
}

// MARK: - The app: answers

/// A body, which may be bytes that no JSON string holds, or long.
struct Body {
  let bytes: [UInt8]
  let json: JSONValue

  init(_ text: String) {
    bytes = Array(text.utf8)
    json = .string(text)
  }

  init(hexadecimal bytes: [UInt8]) {
    self.bytes = bytes
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    json = ["hexadecimal": .string(digits.joined())]
  }

  /// A body with a filler of so many characters.
  init(_ start: String, filler count: Int, _ end: String) {
    bytes = Array((start + String(repeating: "x", count: count) + end).utf8)
    json = ["start": .string(start), "filler": .integer(Int64(count)), "end": .string(end)]
  }
}

func answer(
  _ rule: String, _ scene: String, _ status: Int, _ body: Body, retryAfter: String? = nil,
  date: String? = nil
) {
  let answer = RefreshAnswer(status: status, retryAfter: retryAfter, date: date, body: body.bytes)
  let expected: JSONValue
  switch answer {
  case .tokens(let response):
    expected = [
      "answer": "tokens", "access_token": .string(response.accessToken),
      "expires_in": JSONValue(response.expiresIn),
      "refresh_token": JSONValue(response.refreshToken),
      "refresh_token_expires_in": JSONValue(response.refreshTokenExpiresIn),
    ]
  case .refused(let code):
    expected = ["answer": "refused", "code": .string(code.rawValue)]
  case .unavailable(let retryAfter, let code):
    expected = [
      "answer": "unavailable", "retry_after": JSONValue(retryAfter),
      "code": JSONValue(code?.rawValue),
    ]
  default: preconditionFailure("a response is not \(answer)")
  }
  add(
    rule, scene,
    [
      "status": .integer(Int64(status)), "retry_after": JSONValue(retryAfter),
      "date": JSONValue(date), "body": body.json,
    ], expect: expected)
}

func addTokenAnswers() {
  let usual =
    #"{"access_token":"a","token_type":"Bearer","expires_in":900,"refresh_token":"r","#
    + #""refresh_token_expires_in":7776000}"#
  func liberal(_ scene: String, _ body: String) {
    answer("answer: liberal", scene, 200, Body(body))
  }
  func strict(_ scene: String, _ body: String) { answer("answer: strict", scene, 200, Body(body)) }

  answer("answer: tokens", "200", 200, Body(usual))
  answer("answer: tokens", "201", 201, Body(usual))
  answer("answer: tokens", "299", 299, Body(usual))
  answer("answer: tokens", "199", 199, Body(usual))
  answer("answer: tokens", "300", 300, Body(usual))
  answer("answer: tokens", "400 is not a success, whatever it says", 400, Body(usual))
  answer("answer: tokens", "503 is not either", 503, Body(usual))

  func lifetimes(_ expiresIn: String) -> String {
    #"{"access_token":"a","expires_in":\#(expiresIn),"refresh_token_expires_in":\#(expiresIn)}"#
  }
  liberal("the access token alone: Bearer, 300 s, no refresh token", #"{"access_token":"a"}"#)
  liberal("a byte order mark", "\u{feff}" + usual)
  liberal("whitespace", " \t\r\n" + usual.split("{", "{ ").split("}", " }\n"))
  for (scene, literal) in [
    ("digits in a string", #""900""#), ("zeros before them", #""000900""#),
    ("more digits than 64 bits have", #""99999999999999999999999""#), ("0", "0"),
    ("negative", "-5"), ("negative beyond all numbers", "-1e99999"), ("a fraction", "899.99"),
    ("a negative fraction", "-0.5"), ("a fraction of many digits", "899.9999999999999999999999999"),
    ("an exponent", "9e2"), ("a negative exponent", "90000e-2"), ("the year 9999", "253402300799"),
    ("beyond the year 9999", "253402300800"), ("beyond 64 bits", "9223372036854775808"),
    ("beyond all numbers", "1e99999"), ("null", "null"), ("true", "true"), ("a list", "[900]"),
    ("an object", #"{"s":900}"#), ("another string", #""15 min""#), ("an empty string", #""""#),
    ("a sign in a string", #""+900""#), ("a fraction in a string", #""900.0""#),
    ("digits of another script", #""\u0669""#), ("a lone surrogate", #""\ud800""#),
  ] {
    liberal("lifetime: \(scene)", lifetimes(literal))
  }
  liberal("token_type in any case", #"{"access_token":"a","token_type":"bEARER"}"#)
  liberal("token_type null", #"{"access_token":"a","token_type":null}"#)
  liberal("an empty refresh token", #"{"access_token":"a","refresh_token":""}"#)
  liberal("refresh_token null", #"{"access_token":"a","refresh_token":null}"#)
  liberal("a name written with an escape", #"{"\u0061ccess_token":"a"}"#)
  liberal("a token written with an escape", #"{"access_token":"\u0061\/"}"#)
  liberal(
    "members of others", #"{"access_token":"a","scope":[1e999,{"x":1,"x":"\udfff"}],"scope":0}"#)
  liberal("a name that is not text", #"{"access_token":"a","\ud800":1}"#)
  let nested = { (depth: Int) in
    #"{"access_token":"a","x":"# + String(repeating: "[", count: depth)
      + String(repeating: "]", count: depth) + "}"
  }
  liberal("32 deep", nested(31))
  strict("33 deep", nested(32))
  strict(
    "objects 33 deep",
    String(repeating: #"{"x":"#, count: 32) + "{}" + String(repeating: "}", count: 32))

  strict("no access token", #"{"expires_in":900,"refresh_token":"r"}"#)
  strict("access_token null", #"{"access_token":null}"#)
  strict("access_token empty", #"{"access_token":""}"#)
  strict("access_token a number", #"{"access_token":1}"#)
  strict("access_token a lone surrogate", #"{"access_token":"\ud800"}"#)
  strict("access_token with a tab", #"{"access_token":"a\tb"}"#)
  strict("access_token outside ASCII", "{\"access_token\":\"\u{e9}\"}")
  answer("answer: liberal", "space and tilde are printable", 200, Body(#"{"access_token":" ~"}"#))
  strict("access_token with DEL", "{\"access_token\":\"\u{7f}\"}")
  strict("access_token in camelCase", #"{"accessToken":"a"}"#)
  strict("another token type", #"{"access_token":"a","token_type":"DPoP"}"#)
  strict("token_type a number", #"{"access_token":"a","token_type":1}"#)
  strict("token_type empty", #"{"access_token":"a","token_type":""}"#)
  strict("refresh_token a number", #"{"access_token":"a","refresh_token":1}"#)
  strict("refresh_token with a line feed", #"{"access_token":"a","refresh_token":"r\n"}"#)
  for name in [
    "access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in",
  ] {
    strict("\(name) twice", usual.split("}", #","\#(name)":null}"#))
  }
  strict("a name twice, once escaped", #"{"access_token":"a","\u0061ccess_token":"a"}"#)
  strict("not an object", #"[{"access_token":"a"}]"#)
  strict("two values", usual + "{}")
  strict("truncated", String(usual.dropLast()))
  strict("a comma at the end", #"{"access_token":"a",}"#)
  strict("NaN", #"{"access_token":"a","x":NaN}"#)
  strict("a leading zero", #"{"access_token":"a","x":01}"#)
  strict("empty", "")
  strict("HTML", "<html><body>It works!</body></html>")
  let notUTF8 = Array(#"{"access_token":"a","x":""#.utf8) + [0xff] + Array(#""}"#.utf8)
  answer("answer: strict", "bytes that are not UTF-8", 200, Body(hexadecimal: notUTF8))
  let marks = [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf] + Array(#"{"access_token":"a"}"#.utf8)
  answer("answer: strict", "two byte order marks", 200, Body(hexadecimal: marks))
  for (count, rule) in [(16_384, "answer: liberal"), (16_385, "answer: strict")] {
    answer(
      rule, "an access token of \(count) characters", 200,
      Body(#"{"access_token":""#, filler: count, #""}"#))
    answer(
      rule, "a refresh token of \(count) characters", 200,
      Body(#"{"access_token":"a","refresh_token":""#, filler: count, #""}"#))
  }
  let start = #"{"access_token":"a","x":""#
  let fixed = start.utf8.count + 2
  answer(
    "answer: liberal", "64 KiB", 200, Body(start, filler: 65_536 - fixed, #""}"#))
  answer(
    "answer: strict", "a byte more than 64 KiB", 200, Body(start, filler: 65_537 - fixed, #""}"#))
}

func addRefusedAnswers() {
  func refused(_ scene: String, _ status: Int, _ body: String) {
    answer("answer: refused", scene, status, Body(body))
  }
  func unavailable(_ scene: String, _ status: Int, _ body: String) {
    answer("answer: unavailable", scene, status, Body(body))
  }
  let grant = #"{"error":"invalid_grant"}"#
  let superseded = #"{"error":"invalid_grant","error_description":"late","refusal":"superseded"}"#
  for status in [400, 401, 403] {
    refused("\(status), a server of RFC 6749", status, grant)
    refused("\(status), this package's server", status, superseded)
  }
  for status in [200, 302, 402, 404, 405, 409, 410, 422, 429, 500, 502, 503, 504] {
    unavailable("\(status) is not final, whatever the body says", status, superseded)
  }
  for code in [
    "malformed", "bad_signature", "retired_key", "wrong_token", "unknown_session",
    "binding_mismatch", "revoked", "window_closed", "reuse_detected", "expired",
    "signed_in_before", "a_code_of_a_newer_server",
  ] {
    refused("the code \(code)", 400, grant.split("}", #","refusal":"\#(code)"}"#))
  }
  for code in ["clock_skew", "unknown_key"] {
    unavailable("the code \(code) is not final", 400, grant.split("}", #","refusal":"\#(code)"}"#))
  }
  unavailable(
    "temporarily_unavailable", 503,
    #"{"error":"temporarily_unavailable","error_description":"the clocks","refusal":"clock_skew"}"#)
  for error in ["invalid_client", "invalid_request", "unauthorized_client", "Invalid_grant"] {
    unavailable("the error \(error)", 400, #"{"error":"\#(error)"}"#)
  }
  unavailable("a refusal under another error", 400, #"{"error":"invalid","refusal":"revoked"}"#)
  unavailable("a refusal without an error", 400, #"{"refusal":"revoked"}"#)
  unavailable("no body", 400, "")
  unavailable("HTML", 403, "<html>invalid_grant</html>")
  unavailable("truncated", 400, String(superseded.dropLast()))
  unavailable("a list", 400, "[\(grant)]")
  unavailable("error null", 400, #"{"error":null,"refusal":"revoked"}"#)
  unavailable("error a number", 400, #"{"error":1}"#)
  unavailable("error twice", 400, grant.split("}", #","error":"invalid_grant"}"#))
  unavailable("refusal twice", 400, superseded.split("}", #","refusal":"revoked"}"#))
  refused("error_description twice", 400, superseded.split("}", #","error_description":1}"#))
  refused("refusal null", 400, grant.split("}", #","refusal":null}"#))
  refused("a byte order mark", 400, "\u{feff}" + grant)

  for (scene, code) in [
    ("empty", ""), ("with a quotation mark", #"a\"b"#), ("with a backslash", #"a\\b"#),
    ("outside ASCII", "\u{e9}"), ("with a tab", #"a\tb"#), ("with DEL", "a\u{7f}"),
    ("of 65 characters", String(repeating: "c", count: 65)), ("a lone surrogate", #"\ud800"#),
  ] {
    answer(
      "answer: code", "a refusal \(scene) counts as absent", 400,
      Body(grant.split("}", #","refusal":"\#(code)"}"#)))
    answer(
      "answer: code", "an error \(scene) counts as absent", 500, Body(#"{"error":"\#(code)"}"#))
  }
  answer(
    "answer: code", "of 64 characters", 400,
    Body(grant.split("}", #","refusal":"\#(String(repeating: "c", count: 64))"}"#)))
  answer(
    "answer: code", "with each of the characters that may be in it", 400,
    Body(grant.split("}", ##","refusal":" !#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~"}"##)))
  answer(
    "answer: code", "refusal, a number, counts as absent", 400,
    Body(grant.split("}", #","refusal":1}"#)))
  answer(
    "answer: code", "the error is the code where there is no refusal", 500,
    Body(#"{"error":"server_error"}"#))
  let start = #"{"error":"invalid_grant","x":""#
  let fixed = start.utf8.count + 2
  answer("answer: code", "64 KiB", 400, Body(start, filler: 65_536 - fixed, #""}"#))
  answer(
    "answer: code", "a byte more than 64 KiB", 400, Body(start, filler: 65_537 - fixed, #""}"#))
}

func addRetryAfter() {
  func wait(_ scene: String, _ field: String?, _ status: Int = 503, date: String? = nil) {
    answer("answer: Retry-After", scene, status, Body(""), retryAfter: field, date: date)
  }
  let date = "Sun, 29 Nov 2026 12:00:00 GMT"
  wait("seconds", "120")
  wait("under 429", "120", 429)
  for status in [200, 301, 400, 408, 413, 500, 502, 504] {
    wait("not under \(status)", "120", status)
  }
  wait("0", "0")
  wait("zeros before", "000120")
  wait("a day", "86400")
  wait("more than a day is a day", "86401")
  wait("more digits than 64 bits have", "99999999999999999999999999")
  for field in ["", "-1", "+1", "1.5", " 1", "1 ", "1e2", "\u{661}", "soon"] {
    wait("'\(field)' is ignored", field)
  }
  wait("a date, counted from Date", "Sun, 29 Nov 2026 12:02:00 GMT", date: date)
  wait("a date without Date", "Sun, 29 Nov 2026 12:02:00 GMT")
  wait("a date, and a Date that is not one", "Sun, 29 Nov 2026 12:02:00 GMT", date: "today")
  wait("a date that is past", "Sun, 29 Nov 2026 11:59:59 GMT", date: date)
  wait("a date a day ahead", "Mon, 30 Nov 2026 12:00:00 GMT", date: date)
  wait("a date more than a day ahead", "Mon, 30 Nov 2026 12:00:01 GMT", date: date)
  wait("across a leap day", "Wed, 01 Mar 2028 00:00:00 GMT", date: "Tue, 29 Feb 2028 23:59:00 GMT")
  wait("across a year", "Fri, 01 Jan 2027 00:00:01 GMT", date: "Thu, 31 Dec 2026 23:59:59 GMT")
  wait("the name of the day is not read", "xyz, 29 Nov 2026 12:02:00 GMT", date: date)
  wait("a leap second", "Sun, 29 Nov 2026 12:00:60 GMT", date: date)
  wait(
    "31 February is 3 March", "Wed, 31 Feb 2027 00:00:00 GMT",
    date: "Tue, 02 Mar 2027 23:59:00 GMT")
  wait("the epoch", "Thu, 01 Jan 1970 00:00:05 GMT", date: "Thu, 01 Jan 1970 00:00:00 GMT")
  for field in [
    "Sun, 29 Nov 2026 12:02:00 UTC", "Sun, 29 nov 2026 12:02:00 GMT", "29 Nov 2026 12:02:00 GMT",
    "Sunday, 29-Nov-26 12:02:00 GMT", "Sun Nov 29 12:02:00 2026", "Sun, 9 Nov 2026 12:02:00 GMT",
    "Sun, 29 Nov 26 12:02:00 GMT", "Sun, 29 Nov 2026 24:00:00 GMT", "Sun, 29 Nov 2026 12:60:00 GMT",
    "Sun, 29 Nov 2026 12:02:61 GMT", "Sun, 00 Nov 2026 12:02:00 GMT",
    "Sun, 32 Nov 2026 12:02:00 GMT",
    "Sun, 29 Nov 2026 12:02 GMT", "Sun, 29 Nov  2026 12:02:00 GMT",
    "Sun, 29 Nov 2026 12:02:00 GMT ",
    "Sun, 29 Foo 2026 12:02:00 GMT", "Wed, 31 Dec 1969 23:59:59 GMT",
  ] {
    wait("'\(field)' is ignored", field, date: date)
  }
}

// MARK: - The app: launch, and before it signs out

/// A stored session, in the members that an app keeps.
struct Blob {
  var accessToken = "access-1"
  var refreshToken: String? = "refresh-1"
  var receivedAt = signIn
  var expiresIn: Int64 = 900
  var refreshTokenExpiresIn: Int64? = 7_776_000
  /// The code of the refusal that made the refresh token useless.
  var spentBy: String?

  var json: JSONValue {
    [
      "access_token": .string(accessToken), "refresh_token": JSONValue(refreshToken),
      "received_at": JSONValue(receivedAt), "expires_in": .integer(expiresIn),
      "refresh_token_expires_in": refreshTokenExpiresIn.map { .integer($0) } ?? .null,
      "is_spent": .bool(spentBy != nil),
    ]
  }

  /// What the machine saves at a sign-in that brings these tokens.
  func stored() throws -> StoredSession {
    let response = try TokenResponse(
      accessToken: accessToken, expiresIn: .seconds(expiresIn), refreshToken: refreshToken,
      refreshTokenExpiresIn: refreshTokenExpiresIn.map { .seconds($0) })
    var app = App()
    app.handle(.signedIn(response), at: receivedAt)
    app.read(.empty, at: receivedAt)
    guard case .save(let session, let ticket)? = app.effects.last else {
      preconditionFailure("not saved")
    }
    guard let spentBy else { return session }
    // Another launch, whose refresh is definitively refused.
    app.handle(.saved(ticket), at: receivedAt)
    var next = App()
    let later = receivedAt + .seconds(expiresIn)
    next.handle(.launched, at: later)
    next.read(.found(session), at: later)
    next.refuse(spentBy, at: later)
    next.read(.found(session), at: later)
    guard case .save(let spent, _)? = next.effects.last else { preconditionFailure("not spent") }
    return spent
  }
}

/// The app's machine, with what it asked for last.
struct App {
  var machine = SessionRestoration()
  var generator = SeededGenerator(seed: 70)
  var effects: [SessionRestoration.Effect] = []

  mutating func handle(_ event: SessionRestoration.Event, at now: NumericDate) {
    effects = machine.handle(event, at: now, using: &generator)
  }

  /// Answers the reading that the machine has asked for.
  mutating func read(_ reading: StoredSession.Reading, at now: NumericDate) {
    guard case .readStore(let ticket)? = effects.last else {
      preconditionFailure("asks for no reading")
    }
    handle(.storeRead(ticket, reading), at: now)
  }

  /// Answers the refresh request that the machine has sent.
  mutating func refuse(_ code: String, at now: NumericDate) {
    guard case .refresh(_, let ticket)? = effects.last else { preconditionFailure("sends nothing") }
    handle(.answered(ticket, .refused(Refusal.Code(rawValue: code))), at: now)
  }

  /// What the machine does, in the words of the vectors.
  var deed: String {
    let isSending = effects.contains { if case .refresh = $0 { true } else { false } }
    switch machine.state {
    case .active: return isSending ? "resume and refresh" : "resume"
    case .storeLocked, .suspended: return "wait"
    case .signedOut: return "sign in"
    default: return isSending ? "refresh" : "read again"
    }
  }
}

func addLaunches() throws {
  func launch(
    _ scene: String, _ store: JSONValue, _ reading: StoredSession.Reading, at now: NumericDate
  ) {
    var app = App()
    app.handle(.launched, at: now)
    app.read(reading, at: now)
    add(
      "launch", scene, ["store": store, "now": JSONValue(now), "margin": 60],
      expect: .string(app.deed))
  }
  func found(_ scene: String, at now: NumericDate, _ change: (inout Blob) -> Void = { _ in }) throws
  {
    var blob = Blob()
    change(&blob)
    // Which access token it is does not matter.
    var store = blob.json.object ?? [:]
    store["access_token"] = nil
    launch(scene, .object(store), .found(try blob.stored()), at: now)
  }
  launch("the store is locked", "locked", .locked, at: signIn)
  launch("nothing there", "empty", .empty, at: signIn)
  launch("bytes that are no session", "corrupt", .corrupt, at: signIn)
  try found("at the moment of receipt", at: signIn)
  try found("a second before the margin", at: signIn + second * 839)
  try found("at the margin", at: signIn + second * 840)
  try found("a second before the end", at: signIn + second * 899)
  try found("at the end", at: signIn + second * 900)
  try found("long after, though the window seems closed", at: signIn + day * 4000)
  try found("the clock shows a time before receipt", at: signIn - second)
  try found("a short life has a margin of a quarter: before", at: signIn + second * 74) {
    $0.expiresIn = 100
  }
  try found("a short life has a margin of a quarter: at", at: signIn + second * 75) {
    $0.expiresIn = 100
  }
  try found("a quarter is rounded down", at: signIn + second * 77) { $0.expiresIn = 103 }
  try found("a life of 0", at: signIn) { $0.expiresIn = 0 }
  try found("it ends with the session: not refreshed early", at: signIn + second * 850) {
    $0.refreshTokenExpiresIn = 900
  }
  try found("the session ends a second later", at: signIn + second * 850) {
    $0.refreshTokenExpiresIn = 901
  }
  try found("it ends with the session, and has ended", at: signIn + second * 900) {
    $0.refreshTokenExpiresIn = 900
  }
  try found("the session's end is not known", at: signIn + second * 850) {
    $0.refreshTokenExpiresIn = nil
  }
  try found("no refresh token, alive", at: signIn + second * 899) { $0.refreshToken = nil }
  try found("no refresh token, at the end", at: signIn + second * 900) { $0.refreshToken = nil }
  try found("no refresh token, before receipt", at: signIn - second) { $0.refreshToken = nil }
  try found("spent, though the access token seems alive", at: signIn) { $0.spentBy = "superseded" }
  try found("spent, at the end", at: signIn + second * 900) { $0.spentBy = "superseded" }
}

func addSignOuts() throws {
  let sent = Blob()
  let now = signIn + second * 900
  let stored = try sent.stored()
  var newer = Blob(accessToken: "access-2", refreshToken: "refresh-2")
  newer.receivedAt = now - second * 10
  var spent = sent
  spent.spentBy = "superseded"

  func refused(
    _ scene: String, _ code: String, _ store: JSONValue, _ reading: StoredSession.Reading,
    isSecond: Bool = false, _ deed: (App) -> String = { $0.deed }
  ) {
    var app = App()
    app.handle(.launched, at: now)
    app.read(.found(stored), at: now)
    app.refuse(code, at: now)
    var moment = now
    app.read(reading, at: moment)
    if isSecond {
      moment = now + second * 2
      app.handle(.timePassed, at: moment)
      app.read(reading, at: moment)
    }
    var expected = app.deed
    switch app.effects.last {
    case .erase: expected = "erase, \(expected)"
    case .save: expected = "mark as spent, \(expected)"
    default: expected = deed(app)
    }
    add(
      "before signing out", scene,
      [
        "sent": sent.json, "code": .string(code), "store": store,
        "is_second_reading": .bool(isSecond),
        "now": JSONValue(moment), "margin": 60,
      ], expect: .string(expected))
  }
  let adopted = { (app: App) in "adopt, then \(app.deed)" }

  for code in [
    "malformed", "bad_signature", "retired_key", "wrong_token", "unknown_session",
    "binding_mismatch", "revoked", "window_closed", "reuse_detected", "expired",
    "signed_in_before", "superseded", "invalid_grant", "a_code_of_a_newer_server",
  ] {
    refused("\(code), and the store holds what was sent", code, sent.json, .found(stored))
  }
  for code in ["superseded", "window_closed"] {
    refused("\(code), the store is locked", code, "locked", .locked)
    refused("\(code), nothing there", code, "empty", .empty)
    refused("\(code), still nothing there", code, "empty", .empty, isSecond: true)
    refused("\(code), bytes that are no session", code, "corrupt", .corrupt)
    refused("\(code), still bytes that are no session", code, "corrupt", .corrupt, isSecond: true)
    refused("\(code), a newer one", code, newer.json, .found(try newer.stored()), adopted)
    var ended = newer
    ended.receivedAt = signIn + second
    ended.expiresIn = 800
    refused(
      "\(code), a newer one whose access token has ended", code, ended.json,
      .found(try ended.stored()), adopted)
    refused(
      "\(code), one that another process has marked", code, spent.json, .found(try spent.stored()))
  }
}

// MARK: - The files

func server() throws {
  sections["configurations"] = .object(
    configurations.reduce(into: JSONObject()) { $0[$1.name] = $1.json })
  try section("key_rings", addKeyRings)
  try section("two_rings", addTwoRings)
  try section("policies", addPolicies)
  try section("identifiers", addIdentifiers)
  try section("openings", addOpenings)
  try section("presented", addPresentedTokens)
  try section("decisions") {
    try addBindings()
    try addWindows()
    try addClocks()
    try addRotations()
    try addReplays()
    try addLateCopies()
  }
  try section("idempotency_keys", addColumns)
  try section("sign_outs", addRevocations)
  try section("without_record", addSessionsWithoutRecord)
  try section("access_tokens", addAccessTokens)
  try section("authorization", addAuthorizationFields)
  try section("responses", addResponses)
}

func app() throws {
  try section("answers") {
    addTokenAnswers()
    addRefusedAnswers()
    addRetryAfter()
  }
  try section("launches", addLaunches)
  try section("before_signing_out", addSignOuts)
}

switch CommandLine.arguments.dropFirst().first {
case "server":
  try server()
  print(json(.object(sections), levels: 3))
case "app":
  try app()
  print(json(.object(sections), levels: 3))
default:
  try server()
  try app()
  for (name, value) in sections { print(name, value.array?.count ?? configurations.count) }
}
