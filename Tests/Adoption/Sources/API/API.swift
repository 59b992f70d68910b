// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import NIOCore
import SessionTokens

/// `swift run API`: the API server, set up by its environment, which has no refresh key in it.
///
/// `ISSUER`, `AUDIENCE`, `PORT` and `ACCESS_KEYS`, a key ring as the sign-in server has it.
@main struct API {
  static func main() async throws {
    let environment = Environment()
    let verifier = try AccessTokenVerifier(
      issuer: environment.require("ISSUER"), audience: environment.require("AUDIENCE"),
      keys: KeyRing(parsing: environment.require("ACCESS_KEYS")))
    let application = Application(
      router: APIServer(verifier: verifier).router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: try environment.require("PORT", as: Int.self))),
      onServerRunning: { channel in
        FileHandle.standardOutput.write(Data("port \(channel.localAddress?.port ?? 0)\n".utf8))
      })
    try await application.runService()
  }
}
