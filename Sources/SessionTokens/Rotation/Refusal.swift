// SPDX-License-Identifier: Apache-2.0

/// The reason why the refresh endpoint issues no tokens, for the server and the app alike.
///
/// Only the ``code-swift.property`` is sent; associated values stay on the server.
@nonexhaustive
public enum Refusal: Error, Sendable {
  /// The text isn't a refresh JWT of this package.
  case malformed
  /// The key that the header names didn't sign the token.
  case badSignature
  /// The refresh ring has no key with the token's key ID; a new key may not have reached this server yet.
  case unknownKey
  /// The token's key was retired: no server will ever accept it again.
  case retiredKey
  /// The token is of another kind, issuer or audience; the field is `typ`, `iss` or `aud`.
  case wrongToken(field: String)
  /// There is no such session.
  case unknownSession
  /// The token wasn't issued for the session that it names.
  case bindingMismatch
  /// The session was ended.
  case revoked(RevocationReason)
  /// The token or the record is further ahead than ``RotationPolicy/clockSkew`` allows.
  case clockSkew
  /// The `refresh_ttl` window is closed, by that end of it.
  case windowClosed(by: RefreshWindow.Bound)
  /// The request is a late copy of one that was answered generations ago; its token can never be used again.
  ///
  /// The session goes on. Before the client signs out, it reads its store again, because another process may
  /// have saved a newer token there; see ``isDefinitive``.
  case superseded
  /// The token was used again after another request had rotated it, which ends the session.
  ///
  /// The token is `behind` generations old; `age` is the time since the last rotation, in whole seconds.
  case reuseDetected(behind: Int64, age: Duration)
  /// The token has expired.
  case expired
  /// The user signed in before the moment from which sessions are valid.
  case signedInBefore
}

extension Refusal {
  /// The stable name that is sent.
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

  /// True when the refusal is final: the token can never be used again, and the user must sign in.
  ///
  /// False for ``clockSkew`` and ``unknownKey``, which are the server's trouble. Before a client signs out, it
  /// reads its store again and uses a token there that isn't the refused one.
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
  /// A fixed sentence for each case, without anything that a token carries.
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
  /// The stable snake_case name of a refusal, which is sent to the app.
  ///
  /// A newer server may send a code that the app doesn't know.
  public struct Code: RawRepresentable, Sendable {
    /// The name as it is sent.
    public let rawValue: String

    /// Creates a code from any name, known or not.
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
  /// False for the codes that are the server's trouble; true for all others, including unknown ones.
  ///
  /// A code of a newer server is final when that server answers with 400.
  var isDefinitive: Bool {
    let others: [Refusal.Code] = [.clockSkew, .unknownKey]
    return !others.contains(self)
  }

  /// True for the codes that end the session; false for those that end the presented token alone, including
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
  /// Creates the refusal for the error of a token at the refresh endpoint.
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
