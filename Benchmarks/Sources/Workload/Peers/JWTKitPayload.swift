// SPDX-License-Identifier: Apache-2.0

#if Peers
  import Foundation
  import JWTKit

  /// The claims of the fixture as jwt-kit's users declare them.
  struct JWTKitPayload: JWTPayload {
    var iss: IssuerClaim = .init(value: Fixture.issuer)
    var sub: SubjectClaim = .init(value: Fixture.subject)
    var aud: AudienceClaim = .init(value: [Fixture.audience])
    var exp = ExpirationClaim(value: date(Fixture.issuedAt + Fixture.lifetime))
    var iat = IssuedAtClaim(value: date(Fixture.issuedAt))
    var jti = IDClaim(value: Fixture.tokenID)
    var session = Fixture.sessionID
    var generation = Fixture.generation

    /// Checks the same claims as the library's validator.
    func verify(using algorithm: some JWTAlgorithm) throws {
      let now = Self.date(Fixture.secondsNow)
      try exp.verifyNotExpired(currentDate: now)
      try aud.verifyIntendedAudience(includes: Fixture.audience)
      guard iss.value == Fixture.issuer else {
        throw JWTError.claimVerificationFailure(failedClaim: iss, reason: "another issuer")
      }
    }

    private static func date(_ seconds: Int64) -> Date {
      Date(timeIntervalSince1970: TimeInterval(seconds))
    }
  }
#endif
