// SPDX-License-Identifier: Apache-2.0

#if Foundation || (Xcode && !compiler(>=6.3))
  import Foundation
  import Testing

  @testable import SessionTokens

  /// Foundation's values as claims, which the package's trait of that name allows.
  @Suite struct FoundationInteroperabilityTests {
    private struct Profile: Codable, Equatable {
      var home = URL(string: "https://example.com/a?b=c")
      var avatar = Data([0xfb, 0xff, 0])
      var since = Date(timeIntervalSince1970: 1_700_000_000)
      var seen = [Date(timeIntervalSince1970: 0.5)]
      var named = ["x": Data()]
      var nothing: Date?
    }

    @Test func `encoded claims decode from a token`() throws {
      let key = try SigningKey(id: "k", secret: RawToken.secret)
      let token = try JWT.encode(
        Claims(custom: CustomClaims(encoding: Profile()).members), key: key)
      let jwt = try JWT.decode(
        token, keys: RawToken.keys(), type: .jwtOrAbsent, validator: RawToken.validator())
      #expect(try jwt.claims(as: Profile.self) == Profile())
    }

    @Test func `a Foundation date becomes the second that contains it`() throws {
      let rows: [(TimeInterval, Int64?)] = [
        (0, 0), (0.999, 0), (1.5, 1), (253_402_300_799.5, 253_402_300_799), (-0.001, nil),
        (253_402_300_800, nil), (.infinity, nil), (-.infinity, nil), (.nan, nil), (1e300, nil),
      ]
      for (interval, seconds) in rows {
        let date = NumericDate(Date(timeIntervalSince1970: interval))
        #expect(date?.secondsSinceEpoch == seconds, "\(interval)")
      }
      let date = NumericDate(clamping: 1_700_000_000).date
      #expect(date == Date(timeIntervalSince1970: 1_700_000_000))
    }
  }
#endif
