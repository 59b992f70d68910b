extension TokenError {
  /// What a JSON error of a payload or body is called.
  init(_ error: JSONError) {
    self = .malformed(error == .duplicateName ? .duplicateName : .json)
  }
}

extension ClaimTokens {
  /// Reads the payload of a token.
  init(payload: Span<UInt8>, names: Names) throws(TokenError) {
    do throws(JSONError) {
      try self.init(payload, names: names)
    } catch {
      throw TokenError(error)
    }
  }
}
