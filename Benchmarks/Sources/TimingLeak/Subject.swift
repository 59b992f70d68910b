// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// A check that refuses both of two inputs, one wrong in its first byte and one in its last.
struct Subject {
  /// The argument of a run, created before its time is measured.
  enum Prepared {
    case code([UInt8])
    case token(String)
  }

  let name: String
  /// The two inputs, of the same length.
  let inputs: [[UInt8]]
  let prepare: ([UInt8]) -> Prepared
  /// Returns whether the input is accepted.
  let run: (Prepared) -> Bool

  private init(
    codes name: String, _ inputs: [[UInt8]], isValid: @escaping ([UInt8]) -> Bool
  ) {
    self.name = name
    self.inputs = inputs
    prepare = { .code($0) }
    run = { if case .code(let code) = $0 { isValid(code) } else { true } }
  }

  private init(
    tokens name: String, _ inputs: [[UInt8]], isValid: @escaping (String) -> Bool
  ) {
    self.name = name
    self.inputs = inputs
    prepare = { .token(String(decoding: $0, as: UTF8.self)) }
    run = { if case .token(let token) = $0 { isValid(token) } else { true } }
  }

  /// The checks that are examined, then two controls: one with a leak, and one without.
  static func all() throws -> [Subject] {
    let hmac = HMACSHA256(key: (0..<32).map { UInt8($0) })
    let message = [UInt8](repeating: 0x61, count: 40)
    let code = hmac.authenticationCode(for: message)
    let wrong = [0, 31].map { index in
      var wrong = code
      wrong[index] ^= 1
      return wrong
    }
    return [
      Subject(codes: "HMACSHA256.isValidAuthenticationCode", wrong) {
        hmac.isValidAuthenticationCode($0, for: message)
      },
      try tokens(),
      Subject(codes: "control: a comparison with an early exit", wrong) {
        isEqualWithEarlyExit(hmac.authenticationCode(for: message), $0)
      },
      Subject(codes: "control: the same input twice", [wrong[1], wrong[1]]) {
        isEqualWithEarlyExit(hmac.authenticationCode(for: message), $0)
      },
    ]
  }

  private static func tokens() throws -> Subject {
    let keys = try KeyRing(active: SigningKey(id: "k", secret: (0..<32).map { UInt8($0) }))
    let validator = try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent)
    let token = Array(try JWT.encode(Claims(subject: "u"), key: keys.active).utf8)
    // The first digit has bits of the code's first byte alone, the last those of its last byte; of
    // the last one's two lowest bits no other value is canonical.
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    let wrong = [(token.count - 43, 1), (token.count - 1, 4)].map { index, bit in
      var wrong = token
      wrong[index] = digits[(digits.firstIndex(of: wrong[index]) ?? 0) ^ bit]
      return wrong
    }
    return Subject(tokens: "JWT.decode", wrong) { token in
      do throws(TokenError) {
        _ = try JWT.decode(token, keys: keys, type: .jwtOrAbsent, validator: validator)
        return true
      } catch {
        precondition(error == .badSignature)
        return false
      }
    }
  }

  @inline(never)
  private static func isEqualWithEarlyExit(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }
}
