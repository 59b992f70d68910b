/// Takes typed values from an object's members and gathers what is wrong with them.
struct MemberExtraction {
  private let members: JSONObject
  private(set) var failures: [ClaimFailure] = []

  init(_ members: JSONObject) {
    self.members = members
  }

  /// A token: 1 … 16,384 printable ASCII characters, the VSCHAR of RFC 6749 appendix A.
  mutating func token(_ name: String, isRequired: Bool) -> String? {
    value(name, isRequired: isRequired) { value in
      guard let token = value.string,
        1...CompactSerialization.maximumByteCount ~= token.utf8.count,
        token.utf8.allSatisfy({ 0x20...0x7e ~= $0 })
      else { return nil }
      return token
    }
  }

  /// A lifetime: a number of seconds, rounded down.
  mutating func lifetime(_ name: String, isRequired: Bool) -> Duration? {
    value(name, isRequired: isRequired) { value in
      let seconds: Int64? =
        switch value {
        case .integer(let seconds): seconds
        case .double(let seconds): Int64(exactly: seconds.rounded(.down))
        case .null, .bool, .string, .array, .object: nil
        }
      return seconds.flatMap { NumericDate(exactly: $0) }.map { $0 - .minimum }
    }
  }

  /// The value of a member; `null` counts as absent.
  mutating func value<Value>(
    _ name: String, isRequired: Bool, _ convert: (JSONValue) -> Value?
  ) -> Value? {
    guard let member = members[name], member != .null else {
      if isRequired { failures.append(ClaimFailure(claim: name, problem: .missing)) }
      return nil
    }
    let value = convert(member)
    if value == nil { failures.append(ClaimFailure(claim: name, problem: .malformed)) }
    return value
  }
}
