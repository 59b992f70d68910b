// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import SessionTokens

extension SignIn {
  /// `RENAMED_ISSUER` is the former or the next issuer, while there are two.
  static func renamedAuthority(_ environment: Environment) throws -> SessionAuthority? {
    try environment.get("RENAMED_ISSUER").map { try authority(issuer: $0, environment) }
  }

  /// `LEGACY_ISSUER` and `LEGACY_SECRET` are those of the earlier system, while its tokens are exchanged.
  static func addExchange(
    to router: Router<BasicRequestContext>, _ sessions: Sessions, _ environment: Environment
  ) throws {
    let legacy = try environment.get("LEGACY_ISSUER").map { issuer in
      try LegacyIssuer(
        issuer: issuer, secret: Array(environment.require("LEGACY_SECRET").utf8), clock: .system)
    }
    try Exchange(sessions: sessions, legacy: legacy).addRoute(to: router)
  }
}
