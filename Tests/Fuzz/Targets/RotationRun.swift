// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A server's row under requests, with the checks of each decision about it.
struct RotationRun {
  static let keys: [String?] = ["key-number-one-00", "key-number-two-00", "key-number-three"]
  static let sessionID = fixture(SessionID("AAECAwQFBgcICQoLDA0ODw"))
  static let secret = fixture(SessionSecret(bytes: FuzzKeys.secret(1)))
  static let otherSecret = fixture(SessionSecret(bytes: FuzzKeys.secret(2)))

  private var authority: SessionAuthority
  private var record: SessionRecord
  private var now: NumericDate
  /// The generations from which a token was rotated.
  private var rotated: Set<Int64> = []
  /// The tokens of the record's generation.
  private var current: TokenPair

  init(_ input: inout FuzzInput) {
    authority = FuzzKeys.authority(input.policy())
    record = input.record()
    now = input.date(near: record.rotatedAt)
    current = authority.tokens(
      for: record, record.secret.hmac, custom: .empty, decidedAt: record.rotatedAt)
  }

  /// One request: a token of any generation, with any key, at any moment.
  mutating func step(_ input: inout FuzzInput) {
    if input.flag() { now = input.date(near: now) }
    authority.clock = .fixed(now)
    let request = RotationRequest(&input, record, current, authority)
    guard let request else { return }
    let decision = authority.rotate(
      request.presented, record: record, idempotencyKey: request.key, claims: .empty)
    check(decision, request)
    if case .rotate(let pair, let update) = decision, input.choice(4) == 0 {
      checkTokens(pair, of: update.record)
    }
    if input.choice(8) == 0 {
      let again = authority.rotate(
        request.presented, record: record, idempotencyKey: request.key, claims: .empty)
      require(decision == again, "the same request is decided alike")
    }
    if let update = decision.update {
      check(update)
      // A swap may be lost to a crash: the row stays as it is.
      if input.choice(8) > 0 { write(update, decision, request) }
    }
    if input.choice(16) == 0, let update = authority.revoke(record, reason: .administrator) {
      check(update)
      record = update.record
    }
  }

  private mutating func write(
    _ update: SessionUpdate, _ decision: RotationDecision, _ request: RotationRequest
  ) {
    record = update.record
    guard case .rotate(let pair, _) = decision else { return }
    current = pair
    // Counters stay at the end of their range, where a generation is rotated again.
    let isLast = request.presented.generation == .max
    let isFirst = rotated.insert(request.presented.generation).inserted
    require(isFirst || isLast, "P1: a generation is rotated at most once")
  }

  private func check(_ decision: RotationDecision, _ request: RotationRequest) {
    let facts = RotationFacts(request, record, now, authority.policy)
    switch decision {
    case .rotate(let pair, let update):
      require(facts.mayHaveTokens, "P4, P5: no tokens for an ended session or a wrong token")
      require(facts.behind <= 0, "only the newest token is rotated")
      check(pair, of: update.record)
    case .replay(let pair):
      require(facts.mayHaveTokens, "P4, P5: no tokens for an ended session or a wrong token")
      require(facts.isRetry, "P3: only the request that was answered is answered again")
      require(
        pair.accessToken == current.accessToken && pair.refreshToken == current.refreshToken,
        "P2: a replay is the same bytes")
      require(pair.response.expiresIn >= .zero, "a lifetime is not negative")
    case .revoke(let refusal, let update):
      require(
        facts.mayHaveTokens && facts.behind > 0 && !facts.isRetry,
        "P6: nobody is revoked who did nothing wrong")
      require(update.record.revocationReason == .reuseDetected, "the row says why")
      require(refusal.isDefinitive, "a revocation is final")
    case .refuse(let refusal):
      require(!facts.mayHaveTokens || facts.isLateCopy, "a good request is not refused")
      require(facts.isBound || refusal == .bindingMismatch, "a wrong token is called so")
    }
  }

  /// The tokens end with the record's window.
  private func check(_ pair: TokenPair, of record: SessionRecord) {
    let policy = authority.policy
    let absoluteEnd = record.authenticatedAt + policy.refreshTTL
    let idleEnd = policy.idleTTL.map { record.rotatedAt + $0 } ?? absoluteEnd
    require(pair.refreshExpiresAt == min(absoluteEnd, idleEnd), "P5: a token ends with the window")
    require(
      pair.accessExpiresAt == min(pair.refreshExpiresAt, record.rotatedAt + policy.accessTTL),
      "P5: an access token does not outlive the window")
  }

  /// The tokens are accepted, and state the record's values.
  private func checkTokens(_ pair: TokenPair, of record: SessionRecord) {
    guard let presented = try? authority.verifyRefresh(pair.refreshToken) else {
      return require(false, "what is handed out is taken back")
    }
    require(
      presented.generation == record.generation && presented.claims.issuedAt == record.rotatedAt
        && presented.claims.expiresAt == pair.refreshExpiresAt, "a token states its generation")
    var verifier = authority.accessTokenVerifier
    verifier.clock = .fixed(record.rotatedAt)
    let access = try? verifier.verify(pair.accessToken)
    require(
      (access != nil) == (record.rotatedAt < pair.accessExpiresAt), "an access token is accepted")
  }

  /// P7, and that nothing else changes in a row.
  private func check(_ update: SessionUpdate) {
    let next = update.record
    require(update.expectedVersion == record.version, "the swap is against the version read")
    require(
      next.version == (record.version == .max ? .max : record.version + 1),
      "P7: a version is one more")
    require(
      next.generation >= record.generation && next.rotatedAt >= record.rotatedAt,
      "P7: generation and time never decrease")
    require(
      next.id == record.id && next.subject == record.subject && next.clientID == record.clientID
        && next.authenticatedAt == record.authenticatedAt && next.secret.isSame(as: record.secret),
      "who signed in, and when, never changes")
    require(
      IdempotencyKeys(rawValue: next.idempotencyKeys.rawValue) == next.idempotencyKeys,
      "the keys are of their form")
  }
}
