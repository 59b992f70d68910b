// From a claim as it stands in the payload to its typed value (RFC 7519 §2, §4.1).
//
// A claim that is there but malformed is noted as a failure and never taken for an absent one: a
// token whose `exp` is "tomorrow" would otherwise never expire (CVE-2026-25537).

/// Makes typed claims and gathers what is wrong with them.
struct ClaimExtraction {
  /// Which way a fraction of a second goes; always the way that makes the token valid for less.
  enum Rounding {
    case down, up
  }

  private(set) var failures: [ClaimFailure] = []

  /// Notes a failure.
  mutating func fail(_ claim: ClaimName, _ problem: ClaimFailure.Problem) {
    fail(claim.rawValue, problem)
  }

  /// Notes a failure.
  mutating func fail(_ claim: String, _ problem: ClaimFailure.Problem) {
    failures.append(ClaimFailure(claim: claim, problem: problem))
  }

  /// A string claim; one of `known` is handed back itself where the bytes are the same.
  mutating func string(
    _ claim: ClaimName, _ token: JSONToken?, in payload: Span<UInt8>, known: [String] = []
  ) -> String? {
    switch token {
    case nil:
      return nil
    case .string(let string):
      return string.value(in: payload, known: known)
    case .number, .other:
      fail(claim, .malformed)
      return nil
    }
  }

  /// A string claim, or an integer literal that fits `Int64`, as it is written.
  mutating func stringOrInteger(
    _ claim: ClaimName, _ token: JSONToken?, in payload: Span<UInt8>
  ) -> String? {
    if case .number(let number) = token, number.integer(in: payload) != nil {
      return String(utf8: payload.extracting(number.start..<number.end))
    }
    return string(claim, token, in: payload)
  }

  /// A claim that is a string or an array of them; `nil` when it is absent or malformed.
  ///
  /// An empty array is malformed: it is not absent, and nobody is meant by it.
  mutating func strings(
    _ claim: ClaimName, _ token: JSONToken?, in payload: Span<UInt8>, known: [String] = []
  ) -> [String]? {
    switch token {
    case nil:
      return nil
    case .string(let string):
      if known.count == 1, string.isEqual(to: known[0], in: payload) { return known }
      return [string.value(in: payload, known: known)]
    case .number:
      fail(claim, .malformed)
      return nil
    case .other(let start):
      let elements = JSONReader.array(at: start, in: payload) ?? []
      let strings = elements.compactMap { $0.string }
      if strings.count == elements.count, !strings.isEmpty { return strings }
      fail(claim, .malformed)
      return nil
    }
  }

  /// A date claim.
  mutating func date(
    _ claim: ClaimName, _ token: JSONToken?, in payload: Span<UInt8>, rounding: Rounding
  ) -> NumericDate? {
    guard let token else { return nil }
    if case .number(let number) = token, let bounds = number.bounds(in: payload),
      let date = NumericDate(exactly: rounding == .down ? bounds.floor : bounds.ceiling)
    {
      return date
    }
    fail(claim, .malformed)
    return nil
  }
}

extension JSONString {
  /// The value, or the same bytes from among `known`, which saves making the string.
  func value(in bytes: Span<UInt8>, known: [String]) -> String {
    for candidate in known where isEqual(to: candidate, in: bytes) { return candidate }
    return value(in: bytes)
  }
}
