// SPDX-License-Identifier: Apache-2.0

/// The reason that a token, or a body that carries tokens, isn't accepted.
///
/// Callers can match the cases without reading text. The only values of a token that an error carries are
/// unexpected ones of `iss` and `aud`, which stay out of ``description``.
@nonexhaustive
public enum TokenError: Error, Sendable {
  /// The request has no credentials: the challenge is a bare `Bearer`.
  case missing
  /// The bytes aren't a well-formed token; the associated value is the reason.
  case malformed(Malformation)
  /// This package refuses the named header parameter or its value (RFC 8725 §3.1, RFC 7515 §4.1.11).
  case unsupportedHeader(String)
  /// The header's `typ` isn't the expected media type (RFC 8725 §3.11).
  case wrongType(expected: String)
  /// No key of the ring has the header's `kid`, or the header has no `kid`.
  case unknownKey
  /// The signature isn't that of the key that the header names.
  case badSignature
  /// Claims of the token, or members of a body, are missing, malformed or unexpected: every failure.
  ///
  /// From ``JWT`` and ``AccessTokenVerifier``, the token is authentic, and failures are in the order of claims.
  case invalidClaims([ClaimFailure])

  /// True when the only failure is an expired `exp`.
  public var isExpired: Bool {
    guard case .invalidClaims(let failures) = self, failures.count == 1 else { return false }
    return if case .expired = failures[0].problem { true } else { false }
  }

  /// The reason that a token is malformed.
  @nonexhaustive
  public enum Malformation: Sendable, Hashable {
    /// A token of more than 16 KiB, an encoded header of more than 1 KiB, a response of more than 64 KiB, or a
    /// stored session of more than 128 KiB.
    case tooLarge
    /// Not exactly three parts, or not exactly one token.
    case parts
    /// A part that isn't canonical, unpadded base64url.
    case base64
    /// A header that isn't a JSON object by the rules of ``json``, or a header parameter of the wrong kind or with
    /// U+0000.
    case header
    /// A payload or body that isn't a JSON object in strict UTF-8, or that nests deeper than 32 levels.
    ///
    /// Also one with a number that no double can hold. ``JWT`` and ``AccessTokenVerifier`` report such a number in a
    /// claim that they read by that claim's failure instead.
    case json
    /// A member name that appears twice in one object.
    case duplicateName
    /// A signature that isn't 32 bytes long.
    case signatureLength
  }
}

extension TokenError {
  /// Returns what `read` finds in a JSON text.
  ///
  /// - Throws: ``malformed(_:)`` with `duplicateName`, or with `other` for any other error of `read`.
  @inline(__always)
  static func reading<Result>(
    orThrow other: Malformation = .json, _ read: () throws(JSONError) -> Result
  ) throws(TokenError) -> Result {
    do throws(JSONError) {
      return try read()
    } catch {
      throw .malformed(error == .duplicateName ? .duplicateName : other)
    }
  }
}

extension TokenError: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .missing, .unknownKey, .badSignature: .text(code)
    case .malformed(let malformation): [.text(code), .text(malformation.text)]
    case .unsupportedHeader(let text), .wrongType(let text): [.text(code), .text(text)]
    case .invalidClaims(let failures): [.text(code), .list(failures.map { $0.content })]
    }
  }
}

extension TokenError: CustomStringConvertible {
  /// A stable snake_case name for logs and metrics.
  ///
  /// The name is `missing`, `malformed`, `unsupported_header`, `wrong_type`, `unknown_key`, `bad_signature`,
  /// `expired` when ``isExpired``, or otherwise `invalid_claims`.
  public var code: String {
    switch self {
    case .missing: "missing"
    case .malformed: "malformed"
    case .unsupportedHeader: "unsupported_header"
    case .wrongType: "wrong_type"
    case .unknownKey: "unknown_key"
    case .badSignature: "bad_signature"
    case .invalidClaims: isExpired ? "expired" : "invalid_claims"
    }
  }

  /// A phrase for logs, with no content of the token but the names of claims and header parameters.
  public var description: String {
    switch self {
    case .missing: "no bearer token"
    case .malformed(let malformation): "malformed token: \(malformation.text)"
    case .unsupportedHeader(let name): "unsupported header parameter \(name)"
    case .wrongType(let expected): "the token's type is not \(expected)"
    case .unknownKey: "no key has the token's key ID"
    case .badSignature: "the signature does not match"
    case .invalidClaims(let failures): failures.map { $0.text }.joined(separator: ", ")
    }
  }

  /// The value of the `WWW-Authenticate` field of a 401 (RFC 6750 §3).
  ///
  /// The value for ``missing`` is a bare `Bearer`: RFC 6750 §3.1 leaves out the error, and RFC 9110 §11.6.1
  /// allows a challenge without parameters. Otherwise it is
  /// `Bearer error="invalid_token", error_description="…"`, in printable ASCII.
  public var challenge: String {
    if case .missing = self { return "Bearer" }
    let bytes = description.utf8.map { $0.isAllowedInErrors ? $0 : UInt8(ascii: "?") }
    let text = String(decoding: bytes, as: UTF8.self)
    return "Bearer error=\"invalid_token\", error_description=\"\(text)\""
  }
}

extension UInt8 {
  /// True for a byte that RFC 6749 §5.2 and RFC 6750 §3 allow in an error's code and description.
  var isAllowedInErrors: Bool {
    0x20...0x7e ~= self && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
  }
}

extension TokenError.Malformation {
  fileprivate var text: String {
    switch self {
    case .tooLarge: "too large"
    case .parts: "not three parts"
    case .base64: "not canonical base64url"
    case .header: "not a header"
    case .json: "not a JSON object"
    case .duplicateName: "a member name appears twice"
    case .signatureLength: "the signature is not 32 bytes"
    }
  }
}

extension ClaimFailure {
  /// The name if it is short, printable ASCII; a path into custom claims can be any text.
  private var printableName: String {
    1...64 ~= claim.utf8.count && claim.utf8.allSatisfy { 0x21...0x7e ~= $0 } ? claim : "a claim"
  }

  fileprivate var text: String {
    let name = printableName
    return switch problem {
    case .missing: "\(name) is missing"
    case .malformed: "\(name) is malformed"
    case .expired(let ago): "\(name) passed \(ago.clampedSeconds) s ago"
    case .notYetValid(let ahead): "\(name) is \(ahead.clampedSeconds) s ahead"
    case .issuedInFuture(let ahead): "\(name) is \(ahead.clampedSeconds) s ahead"
    case .mismatch: "\(name) is not as expected"
    }
  }
}
