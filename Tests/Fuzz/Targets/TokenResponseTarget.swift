@testable import SessionTokens

/// The input as the body of a refresh or a sign-in.
///
/// Other servers' bodies are read liberally: those that the strict oracle rejects too, such as one with a
/// byte order mark, or with anything in members that are not ours. Their values have no oracle here.
func fuzzTokenResponse(_ bytes: [UInt8]) {
  guard let response = try? TokenResponse(parsing: bytes) else { return }
  require(bytes.count <= 65_536, "a body is within its limit")
  for token in [response.accessToken, response.refreshToken ?? "-"] {
    require(
      1...16_384 ~= token.utf8.count && token.utf8.allSatisfy { 0x20...0x7e ~= $0 },
      "a token is printable ASCII")
  }
  for lifetime in [response.expiresIn, response.refreshTokenExpiresIn ?? .zero] {
    require(
      lifetimes ~= lifetime.clampedSeconds && lifetime == .seconds(lifetime.clampedSeconds),
      "a lifetime is whole seconds in range")
  }
  let written = response.json
  require((try? TokenResponse(parsing: written.utf8)) == response, "what is written reads equal")
  require(JSONText(written.utf8).isAcceptable, "what is written is JSON")
  let body = JSONText(bytes)
  if body.isAcceptable { compare(response, with: body) }
}

private let lifetimes: ClosedRange<Int64> = 0...253_402_300_799

private func compare(_ response: TokenResponse, with body: JSONText) {
  require(body.members != nil, "a body is a JSON object")
  require(
    body.string("access_token")?.elementsEqual(response.accessToken.utf8) == true,
    "the access token is the member")
  let refreshToken = body.string("refresh_token").flatMap { $0.isEmpty ? nil : Array($0) }
  require(
    refreshToken == response.refreshToken.map { Array($0.utf8) }, "the refresh token is the member")
  if let type = body.string("token_type") {
    require(String(decoding: type, as: UTF8.self).lowercased() == "bearer", "the type is Bearer")
  }
  if let stated = body.number("expires_in") { check(response.expiresIn, stated) }
  if let stated = body.number("refresh_token_expires_in") {
    require(response.refreshTokenExpiresIn != nil, "a number is a lifetime")
    check(response.refreshTokenExpiresIn ?? .zero, stated)
  }
}

/// A lifetime is rounded down, and then clamped.
private func check(_ lifetime: Duration, _ stated: Double) {
  let expected = min(
    max(stated.rounded(.down), Double(lifetimes.lowerBound)), Double(lifetimes.upperBound))
  require(Double(lifetime.clampedSeconds) == expected, "a lifetime is rounded down and clamped")
}
