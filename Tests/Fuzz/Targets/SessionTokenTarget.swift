// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as the payload of an access token, or of a refresh token with or without a record,
/// under either ring.
func fuzzSessionToken(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let type = input.pick(["at+jwt", "rt+jwt", "rt-stateless+jwt"])
  let isAccessKey = input.choice(4) == 0 ? type != "at+jwt" : type == "at+jwt"
  let key = isAccessKey ? FuzzKeys.access.active : FuzzKeys.refresh.active
  let payload = input.rest()
  let header = Array(#"{"alg":"HS256","typ":"\#(type)","kid":"\#(key.id)"}"#.utf8)
  let token = key.sign(header: header, payload: payload)
  let claims = JSONText(payload)
  verifyAccess(token, claims, isAccess: type == "at+jwt" && isAccessKey)
  verifyRefresh(token, claims, isRefresh: type == "rt+jwt" && !isAccessKey)
  rotate(token, claims, isWithoutRecord: type == "rt-stateless+jwt" && !isAccessKey)
}

private func verifyAccess(_ token: String, _ claims: JSONText, isAccess: Bool) {
  let verifier = FuzzKeys.authority.accessTokenVerifier
  let direct = Result { () throws(TokenError) in try verifier.verify(token) }
  do throws(TokenError) {
    let access = try verifier.verify(authorization: "Bearer \(token)")
    require(isAccess, "only an access token is accepted")
    checkBinding(
      claims, issuer: FuzzKeys.issuer, audience: FuzzKeys.audience, subject: access.subject,
      sessionID: access.sessionID)
    require(FuzzKeys.now < access.expiresAt, "no expired token is accepted")
    let latest = FuzzKeys.now + FuzzKeys.policy.clockSkew
    require(access.issuedAt <= latest, "no token of the future is accepted")
    checkDate(access.expiresAt, "exp", claims)
    checkDate(access.authenticatedAt, "auth_time", claims)
    if case .failure = direct { require(false, "the field's token is accepted alone") }
  } catch {
    if case .success = direct { require(false, "a token is accepted in a field") }
    require(!error.challenge.utf8.contains { $0 < 0x20 || $0 > 0x7e }, "a challenge is printable")
  }
}

private func verifyRefresh(_ token: String, _ claims: JSONText, isRefresh: Bool) {
  guard let presented = try? FuzzKeys.authority.verifyRefresh(token) else { return }
  require(isRefresh, "only a refresh token is presented")
  checkBinding(
    claims, issuer: FuzzKeys.issuer, audience: FuzzKeys.issuer, subject: presented.subject,
    sessionID: presented.sessionID)
  require(claims.integer("gen") == presented.generation, "the generation is the claim")
  require(presented.generation >= 0, "a generation counts from zero")
  checkDate(presented.claims.expiresAt, "exp", claims)
  checkDate(presented.claims.issuedAt, "iat", claims)
  let decision = FuzzKeys.authority.rotate(
    presented, record: nil, idempotencyKey: nil, claims: .empty)
  require(decision == .refuse(.unknownSession), "nothing is rotated without a record")
}

private func rotate(_ token: String, _ claims: JSONText, isWithoutRecord: Bool) {
  let authority = FuzzKeys.authority
  let result = authority.rotateWithoutRecord(token, signedInSince: nil, claims: .empty)
  guard case .success(let pair) = result else { return }
  require(isWithoutRecord, "only a token of a session without a record is rotated without one")
  let authenticatedAt = claims.number("auth_time") ?? -1
  let windowEnd = authenticatedAt + Double(FuzzKeys.policy.refreshTTL.clampedSeconds)
  let now = Double(FuzzKeys.now.secondsSinceEpoch)
  require(now < windowEnd + 1, "nothing is rotated past the window's end")
  require(now < (claims.number("exp") ?? -1), "nothing is rotated past its expiry")
  require(
    Double(pair.refreshExpiresAt.secondsSinceEpoch) <= windowEnd + 1
      && pair.accessExpiresAt <= pair.refreshExpiresAt, "no token outlives the window")
  require((try? authority.verifyRefresh(pair.refreshToken)) == nil, "the kinds are kept apart")
  guard
    case .success = authority.rotateWithoutRecord(
      pair.refreshToken, signedInSince: nil, claims: .empty)
  else { return require(false, "a new token rotates again") }
}

private func checkBinding(
  _ claims: JSONText, issuer: String, audience: String, subject: String, sessionID: SessionID
) {
  require(claims.string("iss")?.elementsEqual(issuer.utf8) == true, "the issuer is ours")
  require(
    claims["aud"]?.contains(.string(Array(audience.utf8))) == true, "the audience is ours")
  require(
    !subject.isEmpty && claims.string("sub")?.elementsEqual(subject.utf8) == true,
    "the subject is the claim")
  require(
    claims.string("sid")?.elementsEqual(sessionID.description.utf8) == true,
    "the session is the claim")
}

private func checkDate(_ date: NumericDate, _ name: String, _ claims: JSONText) {
  guard let stated = claims.number(name) else { return require(false, "a date is a number") }
  require(abs(Double(date.secondsSinceEpoch) - stated) <= 1, "a date is within a second")
}
