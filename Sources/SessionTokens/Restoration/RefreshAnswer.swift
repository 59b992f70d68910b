/// What came back from the refresh endpoint: new tokens, "no, for good", or "not now".
@nonexhaustive
public enum RefreshAnswer: Sendable, Equatable {
  /// New tokens.
  case tokens(TokenResponse)
  /// The server will never take this refresh token again.
  case refused(Refusal.Code)
  /// Neither: the tokens still count; `retryAfter` is how long the server asks for, at most a day.
  case unavailable(retryAfter: Duration?, code: Refusal.Code?)
  case unreachable

  /// The longest wait that a server can ask for: one day.
  static let longestRetryAfter: Duration = .seconds(86_400)

  /// Sorts a response.
  ///
  /// | status | body | answer |
  /// |---|---|---|
  /// | 200 | a body of ``TokenResponse/init(parsing:)`` | ``tokens(_:)`` |
  /// | 400 | a JSON object with `error` `invalid_grant` and a known definitive `refusal` | ``refused(_:)`` |
  /// | any other, or another body | | ``unavailable(retryAfter:)`` |
  ///
  /// HTML, empty and truncated bodies, bodies of more than 64 KiB, unknown codes and
  /// `invalid_grant` without a code say nothing about the session. A request that got no response is
  /// `.unavailable(retryAfter: nil)`.
  ///
  /// - Parameters:
  ///   - status: The HTTP status.
  ///   - retryAfter: The `Retry-After` field (RFC 9110 §10.2.3), seconds or a date; at most a day
  ///     counts.
  ///   - date: The `Date` field of the same response. A `Retry-After` that is a date is measured
  ///     from it, both being the server's clock; without it such a date counts as absent.
  ///   - body: The body.
  public init(
    status: Int, retryAfter: String? = nil, date: String? = nil, body: some Collection<UInt8>
  ) {
    if status == 200, let response = try? TokenResponse(parsing: body) {
      self = .tokens(response)
    } else if status == 400, let code = Self.definitiveCode(in: body) {
      self = .refused(code)
    } else {
      self = .unavailable(
        retryAfter: retryAfter.flatMap { Self.delay($0, date: date) }, code: nil)
    }
  }

  private static func definitiveCode(in body: some Collection<UInt8>) -> Refusal.Code? {
    guard body.count <= TokenResponse.maximumBodyByteCount,
      let members = (try? JSONValue(parsing: body))?.object,
      members["error"] == "invalid_grant", let text = members["refusal"]?.string
    else { return nil }
    let code = Refusal.Code(rawValue: text)
    return code.isDefinitive ? code : nil
  }

  private static func delay(_ field: String, date: String?) -> Duration? {
    if !field.isEmpty, field.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
      // Digits that are no 64-bit number are more than a day, too.
      return Int64(field).map { min(.seconds($0), longestRetryAfter) } ?? longestRetryAfter
    }
    guard let until = HTTPDate.parse(field), let from = date.flatMap({ HTTPDate.parse($0) }) else {
      return nil
    }
    return min(max(.zero, until - from), longestRetryAfter)
  }
}
