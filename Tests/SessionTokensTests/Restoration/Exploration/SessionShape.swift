@testable import SessionTokens

/// A stored session as numbers: equal just when the sessions are, and fast to compare.
struct SessionShape: Hashable {
  let accessToken: Int
  let expiresIn: Duration
  let refreshToken: Int?
  let refreshTokenExpiresIn: Duration?
  let receivedAt: Int64
  let idempotencyKey: String
}
