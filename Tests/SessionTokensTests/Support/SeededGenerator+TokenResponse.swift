// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension SeededGenerator {
  /// A body of any allowed tokens and lifetimes, short ones as likely as long ones.
  mutating func tokenResponse() throws -> TokenResponse {
    try TokenResponse(
      accessToken: token(), expiresIn: .seconds(seconds(upTo: 253_402_300_799)),
      refreshToken: chance(percent: 25) ? nil : token(),
      refreshTokenExpiresIn: chance(percent: 25)
        ? nil : .seconds(seconds(upTo: 253_402_300_799)))
  }

  private mutating func token() -> String {
    let count = 1 + Int(seconds(upTo: 16_383))
    var characters = chance(percent: 50) ? [UInt8](0x20...0x7e) : [0x20, 0x22, 0x5c, 0x2f, 0x7e]
    // Two tokens full of characters that are escaped would exceed the size of a body.
    if count > 8_000 { characters = [UInt8](0x23...0x5b) }
    let bytes = (0..<count).map { _ in characters.randomElement(using: &self) ?? 0x41 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
