// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import NIOCore
import SessionTokens

/// `swift run SignIn`: the sign-in server, set up by its environment.
///
/// `ISSUER`, `AUDIENCE`, `PORT`; `DATABASE`, the path of a file; `ACCESS_KEYS` and `REFRESH_KEYS`, rings
/// such as `2026-11:BASE64,2026-08:BASE64`, whose first key signs; `ACCOUNTS`, `user:password:plan` texts
/// separated by commas. `LEGACY_ISSUER` and `LEGACY_SECRET` are those of the earlier system, if its tokens
/// are exchanged; `RENAMED_ISSUER` is the former or the next issuer, while there are two.
@main struct SignIn {
  static func main() async throws {
    let environment = Environment()
    let accounts = try Accounts(
      environment.require("ACCOUNTS").split(separator: ",").map(String.init))
    let sessions = Sessions(
      authority: try authority(issuer: environment.require("ISSUER"), environment),
      store: try SessionStore(path: environment.require("DATABASE")), accounts: accounts,
      legacy: try environment.get("LEGACY_ISSUER").map { issuer in
        try LegacyIssuer(
          issuer: issuer, secret: Array(environment.require("LEGACY_SECRET").utf8), clock: .system)
      },
      renamed: try environment.get("RENAMED_ISSUER").map { issuer in
        try authority(issuer: issuer, environment)
      })
    let application = Application(
      router: SignInServer(sessions: sessions, accounts: accounts).router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: try environment.require("PORT", as: Int.self))),
      onServerRunning: { channel in
        FileHandle.standardOutput.write(Data("port \(channel.localAddress?.port ?? 0)\n".utf8))
      })
    try await application.runService()
  }

  private static func authority(
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
