// SPDX-License-Identifier: Apache-2.0

/// The result of a refresh request: new tokens, a definitive refusal, a temporary failure, or no response.
@nonexhaustive
public enum RefreshAnswer: Sendable, Equatable {
  /// New tokens.
  case tokens(TokenResponse)
  /// The server will never accept this refresh token again.
  case refused(Refusal.Code)
  /// The server issued no tokens, but may do so later.
  ///
  /// `retryAfter` is the wait that the server asks for, in whole seconds, at most a day; `code` is the
  /// server's reason if the body has one.
  case unavailable(retryAfter: Duration?, code: Refusal.Code?)
  /// There was no response: no connection, a timeout, or a request that wasn't sent.
  case unreachable

  /// The maximum wait that a server can ask for: one day.
  static let maximumRetryAfter: Duration = .seconds(86_400)

  /// Creates an answer from the response of this package's server, or of any other server of RFC 6749.
  ///
  /// The first row that matches decides:
  ///
  /// | status | body | answer |
  /// |---|---|---|
  /// | 200 … 299 | a token response, as ``TokenResponse/init(parsing:)`` reads it | ``tokens(_:)`` |
  /// | 400, 401, 403 | `error` is `invalid_grant`, with a definitive `refusal` or none | ``refused(_:)`` |
  /// | any other, or another body | | ``unavailable(retryAfter:code:)`` |
  ///
  /// The code is the body's `refusal`, otherwise its `error`, if that is a string of 1 … 64 characters that
  /// RFC 6749 §5.2 allows in an error code. Every `refusal` is definitive except `clock_skew` and
  /// `unknown_key`, even one that this version doesn't know. HTML, truncated bodies, bodies of more than
  /// 64 KiB, and bodies that have `error` or `refusal` twice have no code, and never refuse the token.
  ///
  /// - Parameters:
  ///   - status: The HTTP status.
  ///   - retryAfter: The `Retry-After` field (RFC 9110 §10.2.3): decimal digits, or a date of the form
  ///     `Sun, 06 Nov 1994 08:49:37 GMT`. Ignored unless the status is 429 or 503; a longer wait than a day
  ///     counts as a day.
  ///   - date: The `Date` field of the same response. A `Retry-After` that is a date counts from it, because
  ///     both come from the server's clock. Without it, such a `Retry-After` is ignored.
  ///   - body: The body.
  public init(
    status: Int, retryAfter: String? = nil, date: String? = nil, body: some Collection<UInt8>
  ) {
    if 200...299 ~= status, let response = try? TokenResponse(parsing: body) {
      self = .tokens(response)
      return
    }
    let (error, refusal) = Self.codes(of: body)
    let code = refusal ?? error
    if [400, 401, 403].contains(status), error == .invalidGrant, let code, code.isDefinitive {
      self = .refused(code)
    } else {
      let delay =
        [429, 503].contains(status) ? retryAfter.flatMap { Self.delay($0, date: date) } : nil
      self = .unavailable(retryAfter: delay, code: code)
    }
  }

  /// Returns the `error` of a body (RFC 6749 §5.2) and this package's `refusal`.
  private static func codes(
    of body: some Collection<UInt8>
  ) -> (error: Refusal.Code?, refusal: Refusal.Code?) {
    guard body.count <= TokenResponse.maximumBodyByteCount else { return (nil, nil) }
    return body.withSpan { body in
      let members = try? JSONMembers(["error", "refusal"], of: body, isForeign: true)
      return (members?["error"].value?.code(in: body), members?["refusal"].value?.code(in: body))
    }
  }

  private static func delay(_ field: String, date: String?) -> Duration? {
    if let seconds = field.clampedDecimal { return min(.seconds(seconds), maximumRetryAfter) }
    guard let until = HTTPDate.parse(field), let from = date.flatMap({ HTTPDate.parse($0) }) else {
      return nil
    }
    return min(max(.zero, until - from), maximumRetryAfter)
  }
}

extension JSONSlice {
  /// Returns the code that a string holds; `nil` unless it is 1 … 64 of the characters that RFC 6749 §5.2
  /// allows.
  fileprivate func code(in body: Span<UInt8>) -> Refusal.Code? {
    guard let text = string(in: body), 1...Refusal.Code.maximumByteCount ~= text.utf8.count,
      text.utf8.allSatisfy({ $0.isAllowedInErrors })
    else { return nil }
    return Refusal.Code(rawValue: text)
  }
}

extension RefreshAnswer: CustomStringConvertible {
  /// The name of the case, with the code and the delay; never a token.
  public var description: String {
    switch self {
    case .tokens(let response): "tokens(\(response))"
    case .refused(let code): "refused(\(code.rawValue))"
    case .unavailable(nil, nil): "unavailable"
    case .unavailable(nil, let code?): "unavailable(\(code.rawValue))"
    case .unavailable(let delay?, nil): "unavailable(retryAfter: \(delay.clampedSeconds) s)"
    case .unavailable(let delay?, let code?):
      "unavailable(\(code.rawValue), retryAfter: \(delay.clampedSeconds) s)"
    case .unreachable: "unreachable"
    }
  }
}
