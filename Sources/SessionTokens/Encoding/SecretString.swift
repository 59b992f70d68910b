/// A text that must not be shown, such as a token: it compares by its bytes, and prints as nothing.
///
/// A type that stores its secrets as values of this type can't print them, whatever its own description
/// and mirror do.
struct SecretString: Sendable {
  let text: String

  init(_ text: String) {
    self.text = text
  }
}

extension SecretString: Hashable {
  static func == (a: SecretString, b: SecretString) -> Bool {
    a.text.hasSameBytes(as: b.text)
  }

  func hash(into hasher: inout Hasher) {
    text.hashBytes(into: &hasher)
  }
}

extension SecretString: Redacted {
  var description: String { "…" }
}
