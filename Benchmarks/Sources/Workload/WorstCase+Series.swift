// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension WorstCase {
  /// The sizes at which worst cases are compared, from the base to the maximum size of a token.
  static let sizes = [4_096, 8_192, 16_384]

  /// Returns the series of each worst case: first the authentic ones, then the refused ones.
  package static func all() throws -> [GrowthSeries] {
    try allCases.map { worst in
      try GrowthSeries(verifying: worst.rawValue, unit: "bytes", sizes: sizes) { size in
        worst.token(ofSize: size)
      }
    } + refused()
  }

  /// Returns the series of tokens that are refused before their payload is read.
  private static func refused() throws -> [GrowthSeries] {
    let verifier = try SessionFixture.authority().accessTokenVerifier
    let header = String(try Fixture.token().prefix { $0 != "." })
    return [
      series("refused: full stops", verifier) { String(repeating: ".", count: $0) },
      series("refused: no stop", verifier) { String(repeating: "A", count: $0) },
      series("refused: a long signature", verifier) { size in
        header + ".e30." + String(repeating: "A", count: size - header.utf8.count - 5)
      },
      series("refused: a wrong signature", verifier) { size in
        Forge.withLastSignatureBitsChanged(WorstCase.text.token(ofSize: size))
      },
      series("refused: over the cap by far", verifier) { String(repeating: "A", count: $0 * 64) },
    ]
  }

  private static func series(
    _ name: String, _ verifier: AccessTokenVerifier, _ token: (Int) -> String
  ) -> GrowthSeries {
    let points = sizes.map { size in
      let token = token(size)
      return GrowthSeries.Point(
        size: size, byteCount: token.utf8.count,
        operation: .rejection("\(name) \(size)") { () throws(TokenError) in
          try verifier.verify(token)
        })
    }
    return GrowthSeries(name, unit: "bytes", points: points)
  }
}
