// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

// Base64url and the JSON reader and writer are internal. These public calls use them.

extension Operation {
  /// Returns the operations that read and write base64url and JSON, through public API.
  static func encoding() throws -> [Operation] {
    let session = try SessionFixture()
    let response = session.tokens.response
    let body = Array(response.json.utf8)
    let data = Data(body)
    let stored = try RestorationFixture().stored
    let blob = stored.bytes
    let token = try Fixture.token()
    let sessionID = try required(SessionID(Fixture.sessionID), "a session ID")
    let members = Self.members
    let peer = try JSONDecoder().decode(PeerResponse.self, from: data)
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    return [
      Operation("read a session ID") { SessionID(Fixture.sessionID) },
      Operation("write a session ID") { sessionID.description },
      Operation("read a token without its key") { try UnverifiedJWT(token) },
      Operation("read a token response") { try TokenResponse(parsing: body) },
      Operation("Foundation: read a token response") {
        try decoder.decode(PeerResponse.self, from: data)
      },
      Operation("write a token response") { response.json },
      Operation("Foundation: write a token response") { try encoder.encode(peer) },
      Operation("read a stored session") { try StoredSession(parsing: blob) },
      Operation("write a stored session") { stored.bytes },
      Operation("check custom claims") { try CustomClaims(members) },
    ]
  }

  /// Custom claims as a server has them: a list of roles, a tenant, a flag.
  static let members: JSONObject = [
    "roles": ["admin", "billing"], "tenant": "0f8fad5b-d9cb-469f-a165-70867728950e", "beta": true,
  ]
}
