// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Deployment {
  /// The answer of the sign-out endpoint to a token, as any client may send it.
  func signOutStatus(_ refreshToken: String) async throws -> Int {
    try await RefreshCall.answer(
      of: signInURL.appending(path: "revoke"), to: "token=\(refreshToken)"
    )
    .status
  }
}
