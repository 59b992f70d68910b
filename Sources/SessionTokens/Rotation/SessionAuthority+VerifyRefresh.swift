// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Authenticates a refresh token, which names the session to look up.
  ///
  /// Checks the token's form, signature, type, issuer, audience and claims, but no times: the window depends
  /// on the record. The clock isn't read.
  ///
  /// - Parameter refreshToken: The token, at most 16 KiB, without surrounding whitespace.
  /// - Returns: The authenticated token, for ``rotate(_:record:idempotencyKey:claims:)``.
  /// - Throws: ``Refusal/malformed`` when the text isn't a refresh token in this package's format;
  ///   ``Refusal/wrongToken(field:)`` for another `typ`, such as an access token's, or another `iss` or
  ///   `aud`; ``Refusal/retiredKey`` when its `kid` is that of a retired key; ``Refusal/unknownKey`` when
  ///   its `kid` is absent or not in the ring; ``Refusal/badSignature`` when that key didn't sign it.
  public func verifyRefresh(_ refreshToken: String) throws(Refusal) -> PresentedRefreshToken {
    try authenticate(refreshToken, keys: refreshKeys)
  }

  /// Authenticates a refresh token of the type of `keys`.
  func authenticate(
    _ refreshToken: String, keys: TypedKeyRing
  ) throws(Refusal) -> PresentedRefreshToken {
    do throws(TokenError) {
      return try PresentedRefreshToken(refreshToken, keys: keys, issuer: issuer)
    } catch .unknownKey where keys.namesRetiredKey(refreshToken) {
      throw .retiredKey
    } catch {
      throw Refusal(error)
    }
  }
}
