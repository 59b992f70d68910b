// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension Specimen {
  /// The types of `Sessions`.
  static func sessions(_ scene: SecretScene) throws -> [Specimen] {
    let (tokens, record) = (scene.rotated.tokens, scene.rotated.update.record)
    let verifier = scene.authority.accessTokenVerifier
    let window = scene.authority.refreshWindow(of: record)
    return [
      Specimen(record.id), Specimen(record.secret), Specimen(scene.opened.tokens, tokens),
      Specimen(scene.opened.tokens.response, tokens.response),
      Specimen(RevocationReason.signedOut), Specimen(record.idempotencyKeys, .empty),
      Specimen(scene.opened.record, record), Specimen(SessionRecord.CodingKeys.secret, .version),
      Specimen(scene.authority.policy), Specimen(window),
      Specimen(RefreshWindow.Bound.absolute, .idle),
      Specimen(window.state(at: AuthorityFixture.start)), Specimen(verifier),
      Specimen(try verifier.verify(tokens.accessToken)),
    ]
  }

  /// The types of `Rotation`.
  static func rotation(_ scene: SecretScene) -> [Specimen] {
    let (tokens, update) = (scene.rotated.tokens, scene.rotated.update)
    let refusals: [Refusal] = [
      .malformed, .wrongToken(field: "typ"), .revoked(.signedOut), .windowClosed(by: .idle),
      .reuseDetected(behind: 1, age: .zero),
    ]
    return [
      Specimen(refusals[0], refusals[1], refusals[2], refusals[3], refusals[4]),
      Specimen(refusals[0].code, refusals[4].code),
      Specimen(
        RotationDecision.rotate(tokens, after: update), .replay(tokens),
        .revoke(refusals[4], after: update), .refuse(refusals[0])),
      Specimen(update), Specimen(scene.presented), Specimen(scene.authority),
    ]
  }
}
