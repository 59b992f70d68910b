// SPDX-License-Identifier: Apache-2.0

import SessionTokens

// SHA-256 is internal to the library, so HMAC stands for it: at n bytes it is ⌈(n + 9) / 64⌉ + 1
// compressions, both pads being absorbed once per key.

extension Operation {
  /// The sizes of the messages, one block first.
  package static let messageSizes = [55, 340, 1_024, 4_096, 16_384]

  /// Returns the authentication of a message of each size, and of the token's signing input: ours,
  /// and C's.
  static func hmac() throws -> [Operation] {
    let ours = HMACSHA256(key: Fixture.secret)
    let reference = ReferenceHMAC(secret: Fixture.secret)
    return try messages().flatMap { label, message in
      let code = ours.authenticationCode(for: message)
      guard code == reference.code(for: message) else {
        throw WorkloadError.missing("one and the same code")
      }
      return [
        Operation("HMAC, \(label)") { ours.authenticationCode(for: message) },
        Operation("C: HMAC, \(label)") { reference.code(for: message) },
      ]
    }
  }

  /// Returns the messages, each with its name.
  static func messages() throws -> [(label: String, message: [UInt8])] {
    messageSizes.map { size in
      ("\(size) bytes", (0..<size).map { UInt8(truncatingIfNeeded: $0) })
    } + [("signing input", Fixture.signingInput(of: try Fixture.token()))]
  }
}
