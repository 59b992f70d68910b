import Foundation
import Hummingbird
import NIOCore
import SessionTokens

/// `swift run SignIn`: the sign-in server, set up by its environment.
///
/// `ISSUER`, `AUDIENCE`, `PORT`; `DATABASE`, the path of a file; `ACCESS_KEYS` and `REFRESH_KEYS`, rings
/// such as `2026-11:BASE64,2026-08:BASE64`, whose first key signs; `ACCOUNTS`, `user:password:plan` texts
/// separated by commas.
@main struct SignIn {
  static func main() async throws {
    let environment = Environment()
    let accounts = try Accounts(
      environment.require("ACCOUNTS").split(separator: ",").map(String.init))
    let authority = try SessionAuthority(
      issuer: environment.require("ISSUER"), audience: environment.require("AUDIENCE"),
      accessKeys: KeyRing(parsing: environment.require("ACCESS_KEYS")),
      refreshKeys: KeyRing(parsing: environment.require("REFRESH_KEYS")),
      policy: RotationPolicy(
        accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400),
        idleTTL: .seconds(90 * 86_400)))
    let sessions = Sessions(
      authority: authority, store: try SessionStore(path: environment.require("DATABASE")),
      accounts: accounts)
    let application = Application(
      router: SignInServer(sessions: sessions, accounts: accounts).router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: try environment.require("PORT", as: Int.self))),
      onServerRunning: { channel in
        FileHandle.standardOutput.write(Data("port \(channel.localAddress?.port ?? 0)\n".utf8))
      })
    try await application.runService()
  }
}
