/// Why the refresh endpoint hands out no tokens: one vocabulary for server and app.
///
/// The ``code-swift.property`` travels; associated values never do.
@nonexhaustive
public enum Refusal: Error, Sendable {
  /// The text is no refresh JWT of this package's form.
  case malformed
  /// The signature is not that of the key the header names.
  case badSignature
  /// No key of the refresh ring has the token's key ID; perhaps a new key is not on this node yet.
  case unknownKey
  /// The token's key was retired: no server will ever accept it again.
  case retiredKey
  /// A token of another kind, issuer or audience; the field is `typ`, `iss` or `aud`.
  case wrongToken(field: String)
  /// There is no such session.
  case unknownSession
  /// The token is not one that was issued for the session of that name.
  case bindingMismatch
  /// The session was ended.
  case revoked(RevocationReason)
  /// A token or record is from further ahead than the servers' clocks may differ.
  case clockSkew
  /// The refresh_ttl window is closed, by that end of it.
  case windowClosed(by: RefreshWindow.Bound)
  /// A late copy of a request that was answered generations ago: its token can never be used again.
  ///
  /// The session is not ended. The client reads its store again before it signs out, since another
  /// process has saved a newer token there; see ``isDefinitive``.
  case superseded
  /// A token that another request had rotated was used again, which ends the session.
  ///
  /// It was rotated `behind` generations ago; `age` is how long ago the last rotation was, in whole
  /// seconds.
  case reuseDetected(behind: Int64, age: Duration)
  /// The token has expired.
  case expired
  /// The user signed in before the moment from which sessions are valid.
  case signedInBefore
}

extension Refusal {
  /// The stable name that travels.
  public var code: Code {
    switch self {
    case .malformed: .malformed
    case .badSignature: .badSignature
    case .unknownKey: .unknownKey
    case .retiredKey: .retiredKey
    case .wrongToken: .wrongToken
    case .unknownSession: .unknownSession
    case .bindingMismatch: .bindingMismatch
    case .revoked: .revoked
    case .clockSkew: .clockSkew
    case .windowClosed: .windowClosed
    case .superseded: .superseded
    case .reuseDetected: .reuseDetected
    case .expired: .expired
    case .signedInBefore: .signedInBefore
    }
  }

  /// True when the token can never be used again, so that signing in is all that helps.
  ///
  /// False for ``clockSkew`` and ``unknownKey``: the server's trouble, not the user's. Before a client
  /// signs out, it reads its store again: a token there that is not the refused one is used instead.
  public var isDefinitive: Bool { code.isDefinitive }

  /// The HTTP status to answer with: 400 (RFC 6749 §5.2) when definitive, else 503.
  public var statusCode: Int { isDefinitive ? 400 : 503 }

  /// The body to answer with (RFC 6749 §5.2), as JSON text of the type `application/json`.
  ///
  /// `error` is `invalid_grant` when definitive, else `temporarily_unavailable`; `error_description`
  /// is ``description``; `refusal` is the ``code-swift.property``. Answer it with the fields of
  /// ``TokenResponse/headerFields``.
  public var json: String {
    let members: JSONObject = [
      "error": isDefinitive ? "invalid_grant" : "temporarily_unavailable",
      "error_description": .string(description), "refusal": .string(code.rawValue),
    ]
    return members.json
  }
}

extension Refusal: CustomStringConvertible {
  /// A fixed sentence for each case, free of anything that a token carries.
  public var description: String {
    switch self {
    case .malformed: "not a refresh token"
    case .badSignature: "the signature does not match"
    case .unknownKey: "no key has the token's key ID"
    case .retiredKey: "the token's key was retired"
    case .wrongToken: "a token of another kind"
    case .unknownSession: "no such session"
    case .bindingMismatch: "the token does not belong to the session"
    case .revoked: "the session was ended"
    case .clockSkew: "the clocks of servers differ too much"
    case .windowClosed: "the session is too old to be refreshed"
    case .superseded: "a late copy of an answered request"
    case .reuseDetected: "a refresh token was used twice"
    case .expired: "the refresh token has expired"
    case .signedInBefore: "all earlier sessions were ended"
    }
  }
}

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
    /// The code of ``Refusal/retiredKey``.
    public static var retiredKey: Code { Code(rawValue: "retired_key") }
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
    /// The `error` of a refusal that gives no code, as other servers of RFC 6749 §5.2 send it.
    public static var invalidGrant: Code { Code(rawValue: "invalid_grant") }
  }
}

extension Refusal.Code {
  /// False for the codes that are the server's trouble; true for all others, also unknown ones.
  ///
  /// A code that a newer server invents is final where that server answers with 400.
  var isDefinitive: Bool {
    let others: [Refusal.Code] = [.clockSkew, .unknownKey]
    return !others.contains(self)
  }

  /// True for the codes that end the session; false for those that end the presented token alone, also
  /// unknown ones.
  var endsSession: Bool {
    let ending: [Refusal.Code] = [
      .malformed, .badSignature, .retiredKey, .wrongToken, .unknownSession, .bindingMismatch,
      .revoked, .windowClosed, .reuseDetected, .expired, .signedInBefore,
    ]
    return ending.contains(self)
  }
}

extension Refusal.Code: Hashable {
  /// Returns true when both are the same bytes.
  public static func == (a: Self, b: Self) -> Bool {
    a.rawValue.hasSameBytes(as: b.rawValue)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    rawValue.hashBytes(into: &hasher)
  }
}

extension Refusal: EquatableByContent {
  var content: EqualityContent { [.text(code.rawValue), details] }

  private var details: EqualityContent {
    switch self {
    case .wrongToken(let field): .text(field)
    case .revoked(let reason): .text(reason.rawValue)
    case .windowClosed(let bound): bound == .idle ? "idle" : "absolute"
    case .reuseDetected(let behind, let age): [.number(behind), .duration(age)]
    case .malformed, .badSignature, .unknownKey, .retiredKey, .unknownSession, .bindingMismatch,
      .clockSkew, .superseded, .expired, .signedInBefore:
      []
    }
  }
}

extension Refusal {
  /// What a token's error is called at the refresh endpoint.
  init(_ error: TokenError) {
    switch error {
    case .missing, .malformed, .unsupportedHeader: self = .malformed
    case .wrongType: self = .wrongToken(field: "typ")
    case .unknownKey: self = .unknownKey
    case .badSignature: self = .badSignature
    case .invalidClaims(let failures):
      let mismatch = failures.first { failure in
        if case .mismatch = failure.problem { true } else { false }
      }
      self = mismatch.map { .wrongToken(field: $0.claim) } ?? .malformed
    }
  }
}
