// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension GrowthSeries {
  /// The sizes of tokens, in bytes, up to the cap.
  static let tokenSizes = [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384]

  /// Returns the series of the sizes that an adopter chooses.
  package static func all() throws -> [GrowthSeries] {
    [
      try signing(),
      try GrowthSeries(verifying: "verify, token size", unit: "bytes", sizes: tokenSizes) { size in
        try token(ofSize: size)
      },
      try rings(),
      try GrowthSeries(
        verifying: "verify, claims", unit: "claims", sizes: [1, 4, 16, 64, 256, 512]
      ) { count in
        try token(custom: JSONObject(count: count))
      },
      try GrowthSeries(
        verifying: "verify, audiences", unit: "audiences", sizes: [1, 4, 16, 64, 256]
      ) { count in
        var claims = Fixture.claims()
        claims.audience = (1..<count).map { "https://\($0).example" } + [Fixture.audience]
        return try JWT.encode(claims, type: Fixture.type, key: Fixture.key())
      },
      try GrowthSeries(
        verifying: "verify, nesting", unit: "levels", sizes: [1, 2, 4, 8, 16, 30]
      ) { depth in
        try token(custom: ["x": .nested(depth)])
      },
    ]
  }

  private static func signing() throws -> GrowthSeries {
    let key = try Fixture.key()
    let points = try tokenSizes.map { size in
      let token = try token(ofSize: size)
      let claims = try UnverifiedJWT(token).claims()
      return Point(
        size: size, byteCount: token.utf8.count,
        operation: Operation("sign \(size)") {
          try JWT.encode(claims, type: Fixture.type, key: key)
        })
    }
    return GrowthSeries("sign, token size", unit: "bytes", points: points)
  }

  private static func rings() throws -> GrowthSeries {
    let token = try Fixture.token()
    let validator = try Fixture.validator()
    let points = try [1, 2, 4, 8, 16, 32, 64].map { count in
      var keys = try (1..<count).map {
        try SigningKey(id: "2025-\($0)", secret: Fixture.secret)
      }
      keys.append(try Fixture.key())
      let ring = try KeyRing(active: keys[0], alsoAccepting: Array(keys.dropFirst()))
      return Point(
        size: count, byteCount: token.utf8.count,
        operation: Operation("ring \(count)") {
          try JWT.decode(token, keys: ring, type: .exactly(Fixture.type), validator: validator)
        })
    }
    return GrowthSeries("verify, ring, last key", unit: "keys", points: points)
  }

  private static func token(custom: JSONObject) throws -> String {
    var claims = Fixture.claims()
    claims.custom = custom
    return try JWT.encode(claims, type: Fixture.type, key: Fixture.key())
  }

  /// Returns a token of about `size` bytes, filled by one string that is too long for an issuer.
  private static func token(ofSize size: Int) throws -> String {
    WorstCase.text.token(ofSize: size)
  }
}

extension JSONObject {
  fileprivate init(count: Int) {
    self.init()
    for index in 0..<count { self["c\(index)"] = .integer(Int64(index)) }
  }
}

extension JSONValue {
  fileprivate static func nested(_ depth: Int) -> JSONValue {
    (1..<depth).reduce(.array([])) { value, _ in .array([value]) }
  }
}
