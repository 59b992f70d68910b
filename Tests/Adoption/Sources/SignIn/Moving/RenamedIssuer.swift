// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Sessions {
  /// The same, which also accepts refresh tokens of the former or the next
  /// issuer: `renamed` has that issuer, and the same keys and policy.
  func accepting(_ renamed: SessionAuthority?) -> Sessions {
    guard let renamed else { return self }
    var sessions = self
    sessions.verifyRefresh = { [authority] refreshToken throws(Refusal) in
      do throws(Refusal) {
        return try authority.verifyRefresh(refreshToken)
      } catch {
        guard case .wrongToken(field: "iss") = error else { throw error }
        return try renamed.verifyRefresh(refreshToken)
      }
    }
    return sessions
  }
}
