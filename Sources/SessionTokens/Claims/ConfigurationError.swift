// SPDX-License-Identifier: Apache-2.0

/// The reason that a policy, a validator, a verifier or an authority can't be created.
@nonexhaustive
public enum ConfigurationError: Error, Sendable {
  /// The named duration has a fraction of a second.
  case notWholeSeconds(String)
  /// The named value breaks the given rule, as in
  /// `outOfRange("idleTTL", "accessTTL < idleTTL <= refreshTTL")`.
  case outOfRange(String, String)
  /// A key of the access ring and a key of the refresh ring are the same HMAC key.
  ///
  /// The ID is the refresh key's, or empty when it has more than 21 bytes and could be a misplaced secret.
  case sharedSecret(keyID: String)
  /// The named value is empty but must not be.
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
