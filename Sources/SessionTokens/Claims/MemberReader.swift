// SPDX-License-Identifier: Apache-2.0

// Conversion of JSON members to typed values: the claims of a payload (RFC 7519 §2, §4.1) and the members of
// a body.
//
// A member that is present but malformed is recorded as a failure and never counts as absent: otherwise a
// token whose `exp` is "tomorrow" would never expire (CVE-2026-25537).

/// A reader of typed values from the members of one text, which records every failure.
struct MemberReader: ~Copyable {
  /// The rounding of a fraction of a second: down for the end of a token's validity, up for its start.
  enum Rounding {
    case down, up
  }

  private(set) var failures: [ClaimFailure] = []

  /// Records a failure.
  mutating func fail(_ name: String, _ problem: ClaimFailure.Problem) {
    failures.append(ClaimFailure(claim: name, problem: problem))
  }

  /// Returns true when a failure of the member is recorded.
  func hasFailed(_ name: String) -> Bool { failures.contains { $0.claim.hasSameBytes(as: name) } }

  /// Returns the member; records a failure when it is absent.
  @discardableResult
  mutating func require(_ member: JSONMember) -> JSONMember {
    if member.value == nil { fail(member.name, .missing) }
    return member
  }

  /// Returns the value that `convert` finds in a member; `nil` when the member is absent.
  ///
  /// When `convert` returns `nil`, records that the member is malformed.
  @inline(__always)
  mutating func value<Value>(_ member: JSONMember, _ convert: (JSONSlice) -> Value?) -> Value? {
    guard let slice = member.value else { return nil }
    let value = convert(slice)
    if value == nil { fail(member.name, .malformed) }
    return value
  }

  /// Returns a string; reuses one in `known` that has the same bytes, which saves creating it.
  mutating func string(
    _ member: JSONMember, in text: Span<UInt8>, known: [String] = []
  ) -> String? {
    value(member) { $0.string(in: text, known: known) }
  }

  /// Returns a string, or the text of an integer literal that fits `Int64`.
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
  /// Returns `nil` once a failure is recorded, since the token is refused anyway.
  mutating func nonemptyString(_ member: JSONMember, in text: Span<UInt8>) -> String? {
    guard case .string(let string)? = member.value, string.start < string.end else {
      return value(member) { _ in nil }
    }
    return failures.isEmpty ? string.value(in: text) : nil
  }

  /// Returns a string or an array of strings as an array.
  ///
  /// An empty array is malformed: it isn't absent, and it names nobody.
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
        guard let elements = JSONReader.array(at: start, in: text), !elements.isEmpty else {
          return nil
        }
        var strings: [String] = []
        strings.reserveCapacity(elements.count)
        for element in elements {
          guard case .string(let string) = element else { return nil }
          strings.append(string)
        }
        return strings
      }
    }
  }

  /// Returns a date, rounded to whole seconds.
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

  /// Records a failure unless an element of `actual`, the member's value, is in `expected`.
  ///
  /// Nothing in `actual` means that the member is absent, or is recorded as malformed. If `expected` is
  /// `nil`, the check is waived.
  mutating func requireMatch(
    _ member: JSONMember, _ actual: (some Collection<String>)?, in expected: [String]?
  ) {
    guard let expected else { return }
    guard let actual, !actual.isEmpty else {
      require(member)
      return
    }
    if !actual.contains(where: { value in expected.contains(where: value.hasSameBytes) }) {
      fail(member.name, .mismatch(expected: expected, actual: Array(actual)))
    }
  }
}

extension JSONSlice {
  /// Returns the value of a string, or the string in `known` with the same bytes; `nil` for another kind.
  func string(in text: Span<UInt8>, known: [String] = []) -> String? {
    if case .string(let string) = self { string.value(in: text, known: known) } else { nil }
  }

  /// Returns the value of an integer literal that fits `Int64`; otherwise `nil`.
  func integer(in text: Span<UInt8>) -> Int64? {
    if case .number(let number) = self { number.integer(in: text) } else { nil }
  }
}

extension JSONString {
  /// Returns the value, or the string in `known` with the same bytes.
  fileprivate func value(in text: Span<UInt8>, known: [String]) -> String {
    for candidate in known where isEqual(to: candidate, in: text) { return candidate }
    return value(in: text)
  }
}
