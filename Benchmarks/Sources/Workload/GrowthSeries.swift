// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The same operation at several sizes of its input, which shows how its cost grows.
package struct GrowthSeries: Sendable {
  /// The operation at one size.
  package struct Point: Sendable {
    /// The size, in the series' unit.
    package let size: Int
    /// The number of bytes of the token.
    package let byteCount: Int
    package let operation: Operation
  }

  /// The name of the series.
  package let name: String
  /// The unit of its sizes.
  package let unit: String
  /// The operation at each size, smallest first.
  package let points: [Point]

  init(_ name: String, unit: String, points: [Point]) {
    self.name = name
    self.unit = unit
    self.points = points
  }

  /// A series of verifications.
  init(
    verifying name: String, unit: String, sizes: [Int], token: (Int) throws -> String
  ) throws {
    let ring = try KeyRing(active: Fixture.key())
    let validator = try Fixture.validator()
    self.init(
      name, unit: unit,
      points: try sizes.map { size in
        let token = try token(size)
        // Checks that the token is accepted: a refusal would cost less.
        _ = try JWT.decode(token, keys: ring, type: .exactly(Fixture.type), validator: validator)
        let operation = Operation("\(name) \(size)") {
          try JWT.decode(token, keys: ring, type: .exactly(Fixture.type), validator: validator)
        }
        return Point(size: size, byteCount: token.utf8.count, operation: operation)
      })
  }
}
