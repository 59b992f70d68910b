// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Transcript {
  /// The server's side: a session from sign-in to the reuse that ends it, and one without a record.
  static func printSessions() {
    var generator = SeededGenerator(seed: 7)
    let (access, refresh) = (ring("access", &generator), ring("refresh", &generator))
    var authority = unfailing { () throws(ConfigurationError) in
      try SessionAuthority(
        issuer: "https://id.example.com", audience: "https://api.example.com", accessKeys: access,
        refreshKeys: refresh,
        policy: RotationPolicy(
          accessTTL: .seconds(900), refreshTTL: .seconds(31_536_000), idleTTL: .seconds(2_592_000)),
        clock: .fixed(start))
    }
    let claims = unfailing { () throws(ClaimsError) in try CustomClaims(["role": "reader"]) }
    let opened = unfailing { () throws(ClaimsError) in
      try authority.openSession(
        subject: "user-42", clientID: "app", claims: claims, using: &generator)
    }
    show("opened", opened.tokens.response.json)
    show("record", columns(of: opened.record))

    var record = opened.record
    let steps: [(name: String, token: String, key: String?, later: Int64)] = [
      ("rotated", opened.tokens.refreshToken, "a-request-of-24-letters-", 600),
      ("repeated", opened.tokens.refreshToken, "a-request-of-24-letters-", 700),
      ("stolen", opened.tokens.refreshToken, "another-of-24-characters", 800),
      ("after the theft", opened.tokens.refreshToken, "a-request-of-24-letters-", 900),
      ("not a token", "x", nil, 900),
      ("an access token", opened.tokens.accessToken, nil, 900),
    ]
    for step in steps {
      authority.clock = .fixed(start + .seconds(step.later))
      do throws(Refusal) {
        let presented = try authority.verifyRefresh(step.token)
        let decision = authority.rotate(
          presented, record: record, idempotencyKey: step.key, claims: claims)
        if let update = decision.update {
          record = update.record
          show(step.name + ", written", columns(of: record))
        }
        show(step.name, try decision.answer.get().response.json)
      } catch {
        show(step.name, error.json)
      }
    }

    printVerified(opened.tokens.accessToken, authority)
    printWithoutRecord(authority, &generator)
  }

  private static func printVerified(_ token: String, _ authority: SessionAuthority) {
    var verifier = authority.accessTokenVerifier
    let ahead = -authority.policy.clockSkew.components.seconds - 1
    for later in [0, 899, 900, ahead] {
      verifier.clock = .fixed(start + .seconds(later))
      do throws(TokenError) {
        let access = try verifier.verify(authorization: "Bearer " + token)
        show("verified at \(later)", access.subject + " " + access.expiresAt.description)
      } catch {
        show("verified at \(later)", error.challenge)
      }
    }
  }

  private static func printWithoutRecord(
    _ authority: SessionAuthority, _ generator: inout SeededGenerator
  ) {
    let opened = unfailing { () throws(ClaimsError) in
      try authority.openSessionWithoutRecord(subject: "user-42", using: &generator)
    }
    show("without record", opened.response.json)
    for since in [start, start + .seconds(86_400)] {
      let result = authority.rotateWithoutRecord(
        opened.refreshToken, signedInSince: since, claims: .empty)
      switch result {
      case .success(let tokens): show("without record, rotated", tokens.response.json)
      case .failure(let refusal): show("without record, refused", refusal.json)
      }
    }
  }

  private static func ring(_ id: String, _ generator: inout SeededGenerator) -> KeyRing {
    unfailing { () throws(KeyError) in
      try KeyRing(active: .random(id: id, using: &generator))
    }
  }

  private static func columns(of record: SessionRecord) -> String {
    var columns = [record.id.description, record.subject, record.clientID ?? "-"]
    columns += [record.authenticatedAt.description, record.rotatedAt.description]
    columns += ["\(record.generation)", record.secret.bytes.hexadecimal]
    columns += [record.idempotencyKeys.rawValue, record.revocationReason?.rawValue ?? "-"]
    columns += [record.revokedAt?.description ?? "-", "\(record.version)"]
    return columns.joined(separator: " ")
  }
}
