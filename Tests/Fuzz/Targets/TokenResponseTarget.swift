@testable import SessionTokens

/// The input as the body of a refresh or a sign-in.
func fuzzTokenResponse(_ bytes: [UInt8]) {
  guard let response = try? TokenResponse(parsing: bytes) else { return }
  let body = JSONText(bytes)
  require(bytes.count <= 65_536, "a body is within its limit")
  require(body.isAcceptable && body.members != nil, "a body is a JSON object")
  require(
    body.string("access_token")?.elementsEqual(response.accessToken.utf8) == true,
    "the access token is the member")
  require(
    body.string("refresh_token").map { Array($0) } == response.refreshToken.map { Array($0.utf8) },
    "the refresh token is the member")
  require(
    body.string("token_type").map { String(decoding: $0, as: UTF8.self).lowercased() } == "bearer",
    "the type is Bearer")
  checkLifetime(response.expiresIn, body.number("expires_in"))
  if let lifetime = response.refreshTokenExpiresIn {
    checkLifetime(lifetime, body.number("refresh_token_expires_in"))
  }
  for token in [response.accessToken, response.refreshToken ?? "-"] {
    require(
      1...16_384 ~= token.utf8.count && token.utf8.allSatisfy { 0x20...0x7e ~= $0 },
      "a token is printable ASCII")
  }
  let written = response.json
  require((try? TokenResponse(parsing: written.utf8)) == response, "what is written reads equal")
  require(JSONText(written.utf8).isAcceptable, "what is written is JSON")
}

private func checkLifetime(_ lifetime: Duration, _ stated: Double?) {
  guard let stated else { return require(false, "a lifetime is a number") }
  require(
    0...253_402_300_799 ~= lifetime.clampedSeconds && lifetime == .seconds(lifetime.clampedSeconds),
    "a lifetime is whole seconds in range")
  require(Double(lifetime.clampedSeconds) == stated.rounded(.down), "a lifetime is rounded down")
}
