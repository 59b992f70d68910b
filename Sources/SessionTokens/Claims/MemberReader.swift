// From a member of a JSON object to a typed value: the claims of a payload (RFC 7519 §2, §4.1) and the members
// of a body.
//
// A member that is present but malformed is recorded as a failure and never taken for an absent one: a
// token whose `exp` is "tomorrow" would otherwise never expire (CVE-2026-25537).

/// Reads typed values from the members of one text, and records what is wrong with them.
struct MemberReader {
  /// The direction in which a fraction of a second is rounded, so that the token is valid for less time.
  enum Rounding {
    case down, up
  }

  private(set) var failures: [ClaimFailure] = []

  /// Records a failure.
  mutating func fail(_ name: String, _ problem: ClaimFailure.Problem) {
    failures.append(ClaimFailure(claim: name, problem: problem))
  }

  /// True when a failure of the member is recorded.
  func hasFailed(_ name: String) -> Bool {
    failures.contains { $0.claim.hasSameBytes(as: name) }
  }

  /// Records a failure when the member is absent.
  @discardableResult
  mutating func required(_ member: JSONMember) -> JSONMember {
    if member.value == nil { fail(member.name, .missing) }
    return member
  }

  /// Returns the value of a member; `nil` when it is absent, or malformed because `convert` returns `nil`.
  @inline(__always)
  mutating func value<Value>(_ member: JSONMember, _ convert: (JSONSlice) -> Value?) -> Value? {
    guard let slice = member.value else { return nil }
    let value = convert(slice)
    if value == nil { fail(member.name, .malformed) }
    return value
  }

  /// Returns a string; one of `known` itself where it has the same bytes, which saves creating a string.
  mutating func string(
    _ member: JSONMember, in text: Span<UInt8>, known: [String] = []
  ) -> String? {
    value(member) { $0.string(in: text, known: known) }
  }

  /// Returns a string, or an integer literal that fits `Int64` as it is written.
  mutating func stringOrInteger(_ member: JSONMember, in text: Span<UInt8>) -> String? {
    value(member) { slice in
      if case .number(let number) = slice, number.integer(in: text) != nil {
        return String(utf8: text.extracting(number.start..<number.end))
      }
      return slice.string(in: text)
    }
  }

  /// Returns a string, which must not be empty.
  ///
  /// No string is created once a failure is recorded: the token is going to be refused.
  mutating func nonemptyString(_ member: JSONMember, in text: Span<UInt8>) -> String? {
    guard case .string(let string)? = member.value, string.start < string.end else {
      return value(member) { _ in nil }
    }
    return failures.isEmpty ? string.value(in: text) : nil
  }

  /// Returns a string or an array of strings as an array.
  ///
  /// An empty array is malformed: it isn't absent, and nobody is meant by it.
  mutating func strings(
    _ member: JSONMember, in text: Span<UInt8>, known: [String] = []
  ) -> [String]? {
    value(member) { slice in
      switch slice {
      case .string(let string):
        if known.count == 1, string.isEqual(to: known[0], in: text) { return known }
        return [string.value(in: text, known: known)]
      case .number:
        return nil
      case .other(let start):
        let elements = JSONReader.array(at: start, in: text) ?? []
        let strings = elements.compactMap { $0.string }
        return strings.count == elements.count && !strings.isEmpty ? strings : nil
      }
    }
  }

  /// Returns a date.
  mutating func date(
    _ member: JSONMember, in text: Span<UInt8>, rounding: Rounding
  ) -> NumericDate? {
    value(member) { slice in
      guard case .number(let number) = slice, let bounds = number.bounds(in: text) else {
        return nil
      }
      return NumericDate(exactly: rounding == .down ? bounds.floor : bounds.ceiling)
    }
  }

  // MARK: Expectations

  /// Records a mismatch unless `actual` is one of `expected`; `nil` waives the check.
  mutating func expect(_ member: JSONMember, _ actual: String, in expected: [String]?) {
    guard let expected, !expected.contains(where: actual.hasSameBytes) else { return }
    fail(member.name, .mismatch(expected: expected, actual: [actual]))
  }

  /// Records a mismatch unless one of `actual` is one of `expected`; `nil` waives the check.
  mutating func expect(_ member: JSONMember, _ actual: [String], in expected: [String]?) {
    guard let expected,
      !actual.contains(where: { value in expected.contains { $0.hasSameBytes(as: value) } })
    else { return }
    fail(member.name, .mismatch(expected: expected, actual: actual))
  }
}

extension JSONSlice {
  /// The value of a string, or the same bytes from among `known`.
  func string(in text: Span<UInt8>, known: [String] = []) -> String? {
    if case .string(let string) = self { string.value(in: text, known: known) } else { nil }
  }

  /// The value of an integer literal that fits `Int64`.
  func integer(in text: Span<UInt8>) -> Int64? {
    if case .number(let number) = self { number.integer(in: text) } else { nil }
  }
}

extension JSONString {
  /// The value, or the same bytes from among `known`.
  fileprivate func value(in text: Span<UInt8>, known: [String]) -> String {
    for candidate in known where isEqual(to: candidate, in: text) { return candidate }
    return value(in: text)
  }
}
