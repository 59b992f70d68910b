extension Claims {
  /// Makes typed claims; what is malformed is noted in `extraction` and left out.
  ///
  /// - Parameters:
  ///   - issuers: Strings to hand back themselves where `iss` has their bytes.
  ///   - audiences: The same for `aud`.
  ///   - acceptsNumericSubject: Whether `sub` may be an integer.
  init(
    _ tokens: ClaimTokens, in payload: Span<UInt8>, _ extraction: inout ClaimExtraction,
    issuers: [String] = [], audiences: [String] = [], acceptsNumericSubject: Bool = false
  ) {
    issuer = extraction.string(.issuer, tokens[.issuer], in: payload, known: issuers)
    subject =
      acceptsNumericSubject
      ? extraction.stringOrInteger(.subject, tokens[.subject], in: payload)
      : extraction.string(.subject, tokens[.subject], in: payload)
    audience = extraction.strings(.audience, tokens[.audience], in: payload, known: audiences) ?? []
    expiresAt = extraction.date(.expiresAt, tokens[.expiresAt], in: payload, rounding: .down)
    notBefore = extraction.date(.notBefore, tokens[.notBefore], in: payload, rounding: .up)
    issuedAt = extraction.date(.issuedAt, tokens[.issuedAt], in: payload, rounding: .up)
    id = extraction.string(.id, tokens[.id], in: payload)
    custom = tokens.custom
  }
}
