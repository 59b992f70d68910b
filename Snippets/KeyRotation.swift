// SPDX-License-Identifier: Apache-2.0

// Keys: loaded from the environment, changed without a gap, and retired.
//
// `swift run KeyRotation` changes the key of two nodes that take turns, with a clock of its own.

import SessionTokens

// snippet.load

/// Reads a ring from the environment: `"id:base64,id:base64,id:retired"`.
func ring(
  _ name: String, in environment: [String: String]
) throws -> KeyRing {
  guard let text = environment[name] else {
    throw MissingVariable(name: name)
  }
  return try KeyRing(parsing: text)
}

struct MissingVariable: Error {
  let name: String
}

// snippet.stages

/// The environment's text at each step of replacing a key.
func stages(from old: String, to new: String) -> [String] {
  [
    old,
    // 1. Every server verifies with the new key; the old one still signs.
    "\(old),\(new)",
    // 2. The new key signs; every server still verifies with the old one.
    "\(new),\(old)",
    // 3. No token of the old key is valid any more: its secret goes, its ID
    // stays.
    "\(new),\(old.prefix { $0 != ":" }):retired",
  ]
}

// snippet.hide

func check(_ what: String, _ isTrue: Bool) {
  print(isTrue ? "as it must be: \(what)" : "WRONG: \(what)")
  precondition(isTrue, what)
}

/// 32 bytes of base64, as `openssl rand -base64 32` prints them; never a secret of your own.
func secret(_ digit: Character) -> String {
  String(repeating: digit, count: 43) + "="
}

let access = "access-1:\(secret("A"))"
let (old, new) = ("refresh-1:\(secret("E"))", "refresh-2:\(secret("I"))")

func authority(refreshKeys: String) throws -> SessionAuthority {
  let environment = ["ACCESS_KEYS": access, "REFRESH_KEYS": refreshKeys]
  return try SessionAuthority(
    issuer: "https://id.example.com", audience: "https://api.example.com",
    accessKeys: ring("ACCESS_KEYS", in: environment),
    refreshKeys: ring("REFRESH_KEYS", in: environment),
    policy: RotationPolicy(
      accessTTL: .seconds(900), refreshTTL: .seconds(30 * 86_400)),
    clock: .fixed(NumericDate(clamping: 1_795_000_000)))
}

/// Refreshes at one node what another has signed.
func refresh(
  _ token: String, _ record: SessionRecord, at node: SessionAuthority
) throws -> (
  token: String, record: SessionRecord
) {
  let presented = try node.verifyRefresh(token)
  let decision = node.rotate(
    presented, record: record,
    idempotencyKey: "a-key-of-token-\(record.version)", claims: .empty)
  return (
    try decision.answer.get().refreshToken, decision.update?.record ?? record
  )
}

let texts = stages(from: old, to: new)
let (tokens, opened) = try authority(refreshKeys: texts[0]).openSession(
  subject: "user-42")
var (token, record) = (tokens.refreshToken, opened)

for stage in 0..<2 {
  // During a deployment the nodes of two stages run side by side.
  let nodes = try [texts[stage], texts[stage + 1]].map {
    try authority(refreshKeys: $0)
  }
  for node in nodes.reversed() + nodes {
    (token, record) = try refresh(token, record, at: node)
  }
  check("stage \(stage + 1): either node takes what either has signed", true)
}
check("the new key signs", try UnverifiedJWT(token).keyID == "refresh-2")
(token, record) = try refresh(
  token, record, at: authority(refreshKeys: texts[3]))
check("and the old one is not needed any more", record.generation == 9)

/// How a ring refuses the token of the sign-in, whose key verifies no more.
func refusal(refreshKeys: String) throws -> Refusal? {
  let authority = try authority(refreshKeys: refreshKeys)
  do throws(Refusal) {
    _ = try authority.verifyRefresh(tokens.refreshToken)
    return nil
  } catch {
    return error
  }
}

let unknown = try refusal(refreshKeys: new)
check(
  "a token of a key never heard of is refused for now",
  unknown == .unknownKey && unknown?.isDefinitive == false)
let retired = try refusal(refreshKeys: texts[3])
check(
  "and definitively where the key was retired",
  retired == .retiredKey && retired?.isDefinitive == true)
