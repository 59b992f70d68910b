extension Refusal {
  /// A refusal's stable snake_case name, by which the app knows it.
  ///
  /// A client may meet a code that it does not know, from a newer server.
  public struct Code: RawRepresentable, Sendable {
    /// The name as it travels.
    public let rawValue: String

    /// Takes a name, also an unknown one.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The code of ``Refusal/malformed``.
    public static var malformed: Code { Code(rawValue: "malformed") }
    /// The code of ``Refusal/badSignature``.
    public static var badSignature: Code { Code(rawValue: "bad_signature") }
    /// The code of ``Refusal/unknownKey``.
    public static var unknownKey: Code { Code(rawValue: "unknown_key") }
    /// The code of ``Refusal/wrongToken(field:)``.
    public static var wrongToken: Code { Code(rawValue: "wrong_token") }
    /// The code of ``Refusal/unknownSession``.
    public static var unknownSession: Code { Code(rawValue: "unknown_session") }
    /// The code of ``Refusal/bindingMismatch``.
    public static var bindingMismatch: Code { Code(rawValue: "binding_mismatch") }
    /// The code of ``Refusal/revoked(_:)``.
    public static var revoked: Code { Code(rawValue: "revoked") }
    /// The code of ``Refusal/clockSkew``.
    public static var clockSkew: Code { Code(rawValue: "clock_skew") }
    /// The code of ``Refusal/windowClosed(by:)``.
    public static var windowClosed: Code { Code(rawValue: "window_closed") }
    /// The code of ``Refusal/superseded``.
    public static var superseded: Code { Code(rawValue: "superseded") }
    /// The code of ``Refusal/reuseDetected(behind:age:)``.
    public static var reuseDetected: Code { Code(rawValue: "reuse_detected") }
    /// The code of ``Refusal/expired``.
    public static var expired: Code { Code(rawValue: "expired") }
    /// The code of ``Refusal/signedInBefore``.
    public static var signedInBefore: Code { Code(rawValue: "signed_in_before") }
    /// What servers of RFC 6749 say of any refresh token that they do not accept (§5.2), this package's
    /// server beside a code of its own.
    public static var invalidGrant: Code { Code(rawValue: "invalid_grant") }
  }
}

extension Refusal.Code {
  /// False for the codes that are the server's trouble and not the user's; true for all others, also
  /// unknown ones.
  var isDefinitive: Bool {
    let others: [Refusal.Code] = [.clockSkew, .unknownKey, .superseded]
    return !others.contains(self)
  }
}

extension Refusal.Code: Hashable {
  /// True when both are the same bytes.
  public static func == (a: Self, b: Self) -> Bool {
    a.rawValue.hasSameBytes(as: b.rawValue)
  }

  /// Feeds the bytes to `hasher`.
  public func hash(into hasher: inout Hasher) {
    rawValue.hashBytes(into: &hasher)
  }
}
