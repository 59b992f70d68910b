// SPDX-License-Identifier: Apache-2.0

// Each of the three roles in a few lines: the sign-in server, an API server and the app.
//
// `swift run ThreeRoles` runs them. README shows them one by one.

import SessionTokens

let (issuer, audience) = ("https://id.example.com", "https://api.example.com")
let accessKeys = try KeyRing(active: .random(id: "access-2026-11"))
let refreshKeys = try KeyRing(active: .random(id: "refresh-2026-11"))
let day = Duration.seconds(86_400)

// snippet.sign-in-server

let authority = try SessionAuthority(
  issuer: issuer, audience: audience, accessKeys: accessKeys, refreshKeys: refreshKeys,
  policy: RotationPolicy(accessTTL: .seconds(900), refreshTTL: day * 365, idleTTL: day * 90))

// Sign-in: store the record, send the tokens.
var (tokens, record) = try authority.openSession(subject: "user-42")

// Refresh: verify the token, decide, write the record, send the answer.
let presented = try authority.verifyRefresh(tokens.refreshToken)
let decision = authority.rotate(
  presented, record: record, idempotencyKey: "GkXfR2vT0q1mH4sZ", claims: .empty)
if let update = decision.update { record = update.record }
tokens = try decision.answer.get()

// snippet.api-server

let verifier = try AccessTokenVerifier(issuer: issuer, audience: audience, keys: accessKeys)
let access = try verifier.verify(authorization: "Bearer \(tokens.accessToken)")
print(access.subject, "until", access.expiresAt)

// snippet.app

var restoration = SessionRestoration()
var effects = restoration.handle(.launched, at: WallClock.system.now)
if case .readStore(let ticket)? = effects.last {
  let reading = StoredSession.Reading.empty  // What the keychain holds.
  effects = restoration.handle(.storeRead(ticket, reading), at: WallClock.system.now)
}
print(restoration.state)  // signedOut(neverSignedIn): show the sign-in screen.

// snippet.hide

precondition(access.subject == "user-42" && record.generation == 1)
precondition(effects == [.stateChanged(.signedOut(.neverSignedIn))])
