// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import NIOCore
import SessionTokens

/// `swift run SignIn`: the sign-in server, set up by its environment.
///
/// `ISSUER`, `AUDIENCE`, `PORT`; `DATABASE`, the path of a file; `ACCESS_KEYS` and `REFRESH_KEYS`, rings
/// such as `2026-11:BASE64,2026-08:BASE64`, whose first key signs; `ACCOUNTS`, `user:password:plan` texts
/// separated by commas.
///
/// A server without users of an earlier system needs neither the folder `Moving` nor the two lines marked
/// `MOVE`.
@main struct SignIn {
  static func main() async throws {
    let environment = Environment()
    let accounts = try Accounts(
      environment.require("ACCOUNTS").split(separator: ",").map(String.init))
    let sessions = try Sessions(
      authority: authority(issuer: environment.require("ISSUER"), environment),
      store: SessionStore(path: environment.require("DATABASE")), accounts: accounts
    )
    .accepting(renamedAuthority(environment))  // MOVE
    let router = SignInServer(sessions: sessions, accounts: accounts).router
    try addExchange(to: router, sessions, environment)  // MOVE
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: try environment.require("PORT", as: Int.self))),
      onServerRunning: { channel in
        FileHandle.standardOutput.write(Data("port \(channel.localAddress?.port ?? 0)\n".utf8))
      })
    try await application.runService()
  }

  static func authority(
    issuer: String, _ environment: Environment
  ) throws -> SessionAuthority {
    try SessionAuthority(
      issuer: issuer, audience: environment.require("AUDIENCE"),
      accessKeys: KeyRing(parsing: environment.require("ACCESS_KEYS")),
      refreshKeys: KeyRing(parsing: environment.require("REFRESH_KEYS")),
      policy: RotationPolicy(
        accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400),
        idleTTL: .seconds(90 * 86_400)))
  }
}
