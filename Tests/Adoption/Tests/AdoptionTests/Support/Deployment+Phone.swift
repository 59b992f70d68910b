// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import App
@testable import SignIn

extension Deployment {
  /// The lock of the processes on one device.
  var lock: FileLock { FileLock(path: directory.appending(path: "lock").path) }

  /// A device on which the app starts for the first time.
  func phone(_ name: String = "phone", lock: FileLock? = nil) async throws -> Phone {
    try await Phone(
      transport: HTTPTransport(signInServer: gatewayURL, api: apiURL, report: { _ in }),
      keychain: FileKeychain(file: directory.appending(path: name)), clock: clock, lock: lock)
  }

  /// A device on which the user has signed in.
  func signedInPhone(_ name: String = "phone", lock: FileLock? = nil) async throws -> Phone {
    let phone = try await phone(name, lock: lock)
    try await phone.signIn()
    return phone
  }

  /// The row of the session whose refresh token that is.
  func record(of refreshToken: String?) async throws -> SessionRecord {
    let id = try authority.verifyRefresh(#require(refreshToken)).sessionID
    return try #require(try await store.session(id))
  }
}
