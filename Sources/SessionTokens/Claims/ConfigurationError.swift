/// Why a policy, a validator, a verifier or an authority cannot be made.
@nonexhaustive
public enum ConfigurationError: Error, Hashable, Sendable {
  /// The named duration has a fraction of a second.
  case notWholeSeconds(String)
  /// The named value breaks the rule that comes second.
  case outOfRange(String, String)
  /// A key of the access ring and a key of the refresh ring are one key, as HMAC sees them.
  case sharedSecret(keyID: String)
  /// The named value is empty and must not be.
  case empty(String)
}
