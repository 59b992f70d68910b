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
  /// A late copy of a request that was answered generations ago: harmless, and gets nothing.
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

  /// True when signing in again is all that helps.
  ///
  /// False for ``clockSkew``, ``superseded`` and ``unknownKey``: the server's trouble, not the user's.
  public var isDefinitive: Bool { code.isDefinitive }

  /// The HTTP status to answer with: 400 (RFC 6749 §5.2) when definitive, else 503.
  public var statusCode: Int { isDefinitive ? 400 : 503 }

  /// The body to answer with (RFC 6749 §5.2), as JSON text of the type `application/json`.
  ///
  /// `error` is `invalid_grant` when definitive, else `temporarily_unavailable`; `error_description`
  /// is ``description``; `refusal` is the ``code-swift.property``. Answer it with the fields of
  /// ``TokenResponse/headerFields``.
  public var json: String {
    let error = isDefinitive ? "invalid_grant" : "temporarily_unavailable"
    let fixedCount = 96
    let capacity = fixedCount + error.utf8.count + description.utf8.count + code.rawValue.utf8.count
    return String(capacity: capacity) { body in
      body.append(UInt8(ascii: "{"))
      body.append(name: "error")
      body.append(json: error)
      body.append(name: "error_description")
      body.append(json: description)
      body.append(name: "refusal")
      body.append(json: code.rawValue)
      body.append(UInt8(ascii: "}"))
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// A fixed sentence for each case, free of anything that a token carries.
  public var description: String {
    switch self {
    case .malformed: "not a refresh token"
    case .badSignature: "the signature does not match"
    case .unknownKey: "no key has the token's key ID"
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
