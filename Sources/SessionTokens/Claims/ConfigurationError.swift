/// Why a policy, a validator, a verifier or an authority cannot be made.
@nonexhaustive
public enum ConfigurationError: Error, Sendable {
  /// The named duration has a fraction of a second.
  case notWholeSeconds(String)
  /// The value named first is outside the rule that comes second, as in
  /// `outOfRange("idleTTL", "accessTTL < idleTTL <= refreshTTL")`.
  case outOfRange(String, String)
  /// A key of the access ring and a key of the refresh ring are one key, as HMAC sees them.
  case sharedSecret(keyID: String)
  /// The named value is empty and must not be.
  case empty(String)
}

extension ConfigurationError: Hashable {
  /// True when both are the same case with equal texts, by their bytes.
  public static func == (a: ConfigurationError, b: ConfigurationError) -> Bool {
    switch (a, b) {
    case (.notWholeSeconds(let a), .notWholeSeconds(let b)),
      (.sharedSecret(let a), .sharedSecret(let b)), (.empty(let a), .empty(let b)):
      a.hasSameBytes(as: b)
    case (.outOfRange(let a, let aRule), .outOfRange(let b, let bRule)):
      a.hasSameBytes(as: b) && aRule.hasSameBytes(as: bRule)
    case (.notWholeSeconds, _), (.outOfRange, _), (.sharedSecret, _), (.empty, _): false
    }
  }

  /// Feeds the case and the value's name to `hasher`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .notWholeSeconds(let name):
      hasher.combine(0)
      name.hashBytes(into: &hasher)
    case .outOfRange(let name, let rule):
      hasher.combine(1)
      name.hashBytes(into: &hasher)
      rule.hashBytes(into: &hasher)
    case .sharedSecret(let keyID):
      hasher.combine(2)
      keyID.hashBytes(into: &hasher)
    case .empty(let name):
      hasher.combine(3)
      name.hashBytes(into: &hasher)
    }
  }
}
