// SPDX-License-Identifier: Apache-2.0

/// The reason why the refresh endpoint issues no tokens, in terms that server and app share.
///
/// The response carries the ``code-swift.property``, but never the associated values.
@nonexhaustive
public enum Refusal: Error, Sendable {
  /// The text isn't a refresh token in this package's format.
  case malformed
  /// The key that the header names didn't sign the token.
  case badSignature
  /// No key in the refresh ring has the token's key ID; it may be a new key that this server lacks.
  case unknownKey
  /// The token's key was retired, so no server will accept the token again.
  case retiredKey
  /// The token has another type, issuer or audience.
  ///
  /// This package reports `typ`, `iss` or `aud`. A refusal that the server creates itself may name another
  /// field.
  case wrongToken(field: String)
  /// The token's session has no record.
  case unknownSession
  /// The token wasn't issued for the session of the record.
  case bindingMismatch
  /// The session was ended.
  case revoked(RevocationReason)
  /// The token or the record is ahead of the clock by more than ``RotationPolicy/clockSkew``.
  case clockSkew
  /// The session's ``RefreshWindow`` has closed, by the given bound.
  case windowClosed(by: RefreshWindow.Bound)
  /// The request is a late copy of one that was answered; its token can never be used again.
  ///
  /// The session isn't ended. The token is at least two rotations old, so another process of the app may have
  /// stored a newer one. The client reads its store again before it signs out; see ``isDefinitive``.
  case superseded
  /// The token had been rotated by another request and was used again, which ends the session.
  ///
  /// `behind` is the number of rotations since the token was created. `age` is the time since the last
  /// rotation, in whole seconds.
  case reuseDetected(behind: Int64, age: Duration)
  /// The token has expired. This package reports it only for a session without a record.
  case expired
  /// The user signed in before the time from which the server accepts sign-ins.
  case signedInBefore
}

extension Refusal {
  /// The stable name in the response.
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

  /// True when the token can't be used again, so the user must sign in unless the app stored a newer one.
  ///
  /// False for ``clockSkew`` and ``unknownKey``, which the server can recover from: the client tries again
  /// later. Before a client signs out, it reads its store again and uses a token that isn't the refused one.
  public var isDefinitive: Bool { code.isDefinitive }

  /// The HTTP status of the response: 400 (RFC 6749 §5.2) when ``isDefinitive``, otherwise 503.
  public var statusCode: Int { isDefinitive ? 400 : 503 }

  /// The body of the response (RFC 6749 §5.2), as JSON text of the type `application/json`.
  ///
  /// `error` is `invalid_grant` when ``isDefinitive``, otherwise `temporarily_unavailable`, which RFC 6749
  /// §4.1.2.1 defines for another endpoint.
  /// `error_description` is ``description``, and `refusal` is the ``code-swift.property``. Send it with the
  /// header fields of ``TokenResponse/headerFields``.
  public var json: String {
    let members: JSONObject = [
      "error": isDefinitive ? "invalid_grant" : "temporarily_unavailable",
      "error_description": .string(description), "refusal": .string(code.rawValue),
    ]
    return members.json
  }
}

extension Refusal: CustomStringConvertible {
  /// A fixed phrase for each case, without any value from a token.
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
  /// The stable snake_case name of a refusal, by which the app recognizes it.
  ///
  /// A newer server may send a code that the client doesn't know.
  public struct Code: RawRepresentable, Sendable {
    /// The maximum number of bytes of a code that is read from a response, or kept in a stored session.
    static let maximumByteCount = 64

    /// The name in the response.
    public let rawValue: String

    /// Creates a code from a name, which may be unknown.
    public init(rawValue: String) { self.rawValue = rawValue }

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
    /// The code of an `invalid_grant` response without a `refusal`, as other servers send it.
    public static var invalidGrant: Code { Code(rawValue: "invalid_grant") }
  }
}

extension Refusal.Code {
  /// True for all codes except those that the server can recover from.
  ///
  /// An unknown code is definitive, because it comes with `invalid_grant`.
  var isDefinitive: Bool { self != .clockSkew && self != .unknownKey }

  /// True for the codes after which the app empties its store.
  ///
  /// After any other definitive code, it keeps the token, marked as spent.
  var emptiesStore: Bool {
    let codes: [Refusal.Code] = [
      .malformed, .badSignature, .retiredKey, .wrongToken, .unknownSession, .bindingMismatch,
      .revoked, .windowClosed, .reuseDetected, .expired, .signedInBefore,
    ]
    return codes.contains(self)
  }
}

extension Refusal.Code: HashableByRawBytes {}

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
  /// Creates the refusal of a token that can't be authenticated.
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
