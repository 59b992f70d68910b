extension ClaimExtraction {
  /// Demands that `iss` is `expected`, byte for byte.
  mutating func requireIssuer(
    _ expected: String, _ tokens: ClaimTokens, in payload: Span<UInt8>
  ) {
    let token = tokens[.issuer]
    if case .string(let issuer)? = token, issuer.isEqual(to: expected, in: payload) { return }
    if token == nil { fail(.issuer, .missing) }
    if let actual = string(.issuer, token, in: payload) {
      expect(.issuer, actual, in: [expected])
    }
  }

  /// Demands that `aud` is, or holds, `expected`, byte for byte.
  mutating func requireAudience(
    _ expected: String, _ tokens: ClaimTokens, in payload: Span<UInt8>
  ) {
    let token = tokens[.audience]
    if case .string(let audience)? = token, audience.isEqual(to: expected, in: payload) { return }
    if token == nil { fail(.audience, .missing) }
    if let actual = strings(.audience, token, in: payload) {
      expect(.audience, actual, in: [expected])
    }
  }

  /// A string claim that must be there and not be empty.
  mutating func requiredString(
    _ claim: ClaimName, _ tokens: ClaimTokens, in payload: Span<UInt8>
  ) -> String? {
    required(claim, tokens)
    return optionalString(claim, tokens, in: payload)
  }

  /// A string claim that must not be empty where it is there.
  ///
  /// None is made where something is wrong already, since the token will be refused.
  mutating func optionalString(
    _ claim: ClaimName, _ tokens: ClaimTokens, in payload: Span<UInt8>
  ) -> String? {
    switch tokens[claim] {
    case nil:
      return nil
    case .string(let string) where string.start < string.end:
      return failures.isEmpty ? string.value(in: payload) : nil
    case .string, .number, .other:
      fail(claim, .malformed)
      return nil
    }
  }

  /// A date claim that must be there.
  mutating func requiredDate(
    _ claim: ClaimName, _ tokens: ClaimTokens, in payload: Span<UInt8>, rounding: Rounding
  ) -> NumericDate? {
    required(claim, tokens)
    return date(claim, tokens[claim], in: payload, rounding: rounding)
  }

  /// An identifier claim that must be there: 22 digits of canonical base64url.
  mutating func requiredIdentifier(
    _ claim: ClaimName, _ tokens: ClaimTokens, in payload: Span<UInt8>
  ) -> Identifier? {
    required(claim, tokens)
    guard let token = tokens[claim] else { return nil }
    if case .string(let text) = token,
      let identifier = Identifier(payload.extracting(text.start..<text.end))
    {
      return identifier
    }
    fail(claim, .malformed)
    return nil
  }

  /// The claim `gen`, which must be there: a whole number from 0.
  mutating func requiredGeneration(_ tokens: ClaimTokens, in payload: Span<UInt8>) -> Int64? {
    required(.generation, tokens)
    guard let token = tokens[.generation] else { return nil }
    if case .number(let number) = token, let generation = number.integer(in: payload),
      generation >= 0
    {
      return generation
    }
    fail(.generation, .malformed)
    return nil
  }

  private mutating func required(_ claim: ClaimName, _ tokens: ClaimTokens) {
    if tokens[claim] == nil { fail(claim, .missing) }
  }
}
