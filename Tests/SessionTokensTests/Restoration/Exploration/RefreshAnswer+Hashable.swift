public import SessionTokens

/// Here answers are keys, so that each gets a number.
extension RefreshAnswer: Hashable {
  /// Hashes the description, and the tokens that it leaves out.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(description)
    if case .tokens(let response) = self { hasher.combine(response.json) }
  }
}
