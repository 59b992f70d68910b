// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as the body of a refresh or a sign-in: two readers agree whether it is one, and on its
/// values.
func fuzzTokenResponse(_ bytes: [UInt8]) {
  let opinion = BodyOpinion(bytes)
  guard let response = try? TokenResponse(parsing: bytes) else {
    return require(!opinion.isAcceptable, "a body that can be read is read")
  }
  require(opinion.isAcceptable, "what is read is a body")
  require(Array(response.accessToken.utf8) == opinion.accessToken, "the access token is the member")
  require(
    response.refreshToken.map { Array($0.utf8) } == opinion.refreshToken,
    "the refresh token is the member")
  check(response.expiresIn, opinion.lifetime("expires_in") ?? 300)
  if let lifetime = response.refreshTokenExpiresIn {
    guard let stated = opinion.lifetime("refresh_token_expires_in") else {
      return require(false, "a lifetime is stated")
    }
    check(lifetime, stated)
  } else {
    require(opinion.lifetime("refresh_token_expires_in") == nil, "a stated lifetime is read")
  }
  let written = response.json
  require((try? TokenResponse(parsing: written.utf8)) == response, "what is written reads equal")
  require(JSONText(written.utf8).isAcceptable, "what is written is strict JSON")
}

private func check(_ lifetime: Duration, _ stated: Double) {
  let seconds = lifetime.components.seconds
  require(
    0...253_402_300_799 ~= seconds && lifetime == .seconds(seconds),
    "a lifetime is whole seconds in range")
  let expected = min(max(stated, 0), 253_402_300_799).rounded(.down)
  // A double may have been rounded up from a fraction just below a whole number.
  require([0, 1].contains(expected - Double(seconds)), "a lifetime is the number rounded down")
}

/// A body, as read by the automaton.
private struct BodyOpinion {
  private static let names = [
    "access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in",
  ]

  private let byteCount: Int
  private let text: JSONText

  init(_ bytes: [UInt8]) {
    byteCount = bytes.count
    text = JSONText(bytes, isLiberal: true)
  }

  var isAcceptable: Bool {
    guard byteCount <= 65_536, text.isWellFormed, text.depth <= 32, text.members != nil,
      Self.names.allSatisfy({ values($0).count <= 1 }), let accessToken
    else { return false }
    let type = value("token_type")
    guard type == nil || string("token_type").map(isBearer) == true,
      value("refresh_token") == nil || string("refresh_token") == [] || refreshToken != nil
    else { return false }
    return 122 + writtenCount(accessToken) + (refreshToken.map(writtenCount) ?? 0) <= 65_536
  }

  var accessToken: [UInt8]? { token("access_token") }

  var refreshToken: [UInt8]? { token("refresh_token") }

  /// The number of a lifetime; `nil` if it isn't one.
  func lifetime(_ name: String) -> Double? {
    switch scalar(name) {
    case .integer(let seconds)?: return Double(seconds)
    case .double(let bits)?: return Double(bitPattern: bits)
    case .string(let digits)?:
      guard !digits.isEmpty, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
      return digits.reduce(0) { $0 * 10 + Double($1 - 0x30) }
    case .beginObject?, .endObject?, .beginArray?, .endArray?, .name?, .bool?, .null?, nil:
      return nil
    }
  }

  private func token(_ name: String) -> [UInt8]? {
    guard let token = string(name), 1...16_384 ~= token.count,
      token.allSatisfy({ 0x20...0x7e ~= $0 })
    else { return nil }
    return token
  }

  private func isBearer(_ type: [UInt8]) -> Bool {
    String(decoding: type, as: UTF8.self).lowercased() == "bearer"
  }

  private func writtenCount(_ token: [UInt8]) -> Int {
    token.reduce(2) { $0 + ([0x22, 0x5c].contains($1) ? 2 : 1) }
  }

  private func string(_ name: String) -> [UInt8]? {
    if case .string(let bytes)? = scalar(name) { bytes } else { nil }
  }

  private func scalar(_ name: String) -> JSONText.Event? {
    value(name).flatMap { $0.count == 1 ? $0[0] : nil }
  }

  /// The only value of that name, unless it is `null`.
  private func value(_ name: String) -> [JSONText.Event]? {
    values(name).first.flatMap { $0 == [.null] ? nil : $0 }
  }

  private func values(_ name: String) -> [[JSONText.Event]] {
    (text.members ?? []).filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
  }
}
