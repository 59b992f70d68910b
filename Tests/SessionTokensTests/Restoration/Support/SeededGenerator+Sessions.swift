// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension SeededGenerator {
  /// A text of printable ASCII characters, `"` and `\` among them.
  mutating func token(ofLength lengths: ClosedRange<Int>) -> String {
    let count = Int.random(in: lengths, using: &self)
    let bytes = (0..<count).map { _ in UInt8.random(in: 0x20...0x7e, using: &self) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A session with any content that can result from a server's answer.
  mutating func session() -> StoredSession {
    let seconds = 0...NumericDate.maximum.secondsSinceEpoch
    return StoredSession(
      blob: StoredSession.Blob(
        tokens: TokenResponse(
          access: SecretString(token(ofLength: 1...400)),
          expiresIn: .seconds(Int64.random(in: seconds, using: &self)),
          refresh: Bool.random(using: &self) ? SecretString(token(ofLength: 1...400)) : nil,
          refreshTokenExpiresIn: Bool.random(using: &self)
            ? .seconds(Int64.random(in: seconds, using: &self)) : nil),
        receivedAt: NumericDate(clamping: Int64.random(in: seconds, using: &self)),
        idempotencyKey: Identifier128(using: &self), name: SessionName(bits: next()),
        signedInAt: NumericDate(clamping: Int64.random(in: seconds, using: &self)),
        spentBy: Bool.random(using: &self)
          ? Refusal.Code(rawValue: token(ofLength: 0...64)) : nil))
  }
}
