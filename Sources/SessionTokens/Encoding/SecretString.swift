// SPDX-License-Identifier: Apache-2.0

/// A secret text, such as a token, which compares by its bytes and prints only as "…".
///
/// A type that stores its secrets as values of this type doesn't leak them through a default description or
/// mirror.
struct SecretString: Sendable {
  let text: String

  init(_ text: String) { self.text = text }
}

extension SecretString: Hashable {
  static func == (a: SecretString, b: SecretString) -> Bool { a.text.hasSameBytes(as: b.text) }

  func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}

extension SecretString: Redacted {
  var description: String { "…" }
}
