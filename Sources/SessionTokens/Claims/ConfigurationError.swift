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

extension ConfigurationError: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .notWholeSeconds(let name): ["notWholeSeconds", .text(name)]
    case .outOfRange(let name, let rule): ["outOfRange", .text(name), .text(rule)]
    case .sharedSecret(let keyID): ["sharedSecret", .text(keyID)]
    case .empty(let name): ["empty", .text(name)]
    }
  }
}
