// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Errors: stable codes, sentences that show nothing of the token, and challenges of RFC 6750.
@Suite struct TokenErrorTests {
  private static func invalid(_ problems: (String, ClaimFailure.Problem)...) -> TokenError {
    .invalidClaims(problems.map { ClaimFailure(claim: $0, problem: $1) })
  }

  static let rows: [(TokenError, code: String, description: String)] = [
    (.missing, "missing", "no bearer token"),
    (.malformed(.tooLarge), "malformed", "malformed token: too large"),
    (.malformed(.parts), "malformed", "malformed token: not three parts"),
    (.malformed(.base64), "malformed", "malformed token: not canonical base64url"),
    (.malformed(.header), "malformed", "malformed token: not a header"),
    (.malformed(.json), "malformed", "malformed token: not a JSON object"),
    (.malformed(.duplicateName), "malformed", "malformed token: a member name appears twice"),
    (.malformed(.signatureLength), "malformed", "malformed token: the signature is not 32 bytes"),
    (.unsupportedHeader("alg"), "unsupported_header", "unsupported header parameter alg"),
    (.wrongType(expected: "at+jwt"), "wrong_type", "the token's type is not at+jwt"),
    (.unknownKey, "unknown_key", "no key has the token's key ID"),
    (.badSignature, "bad_signature", "the signature does not match"),
    (invalid(("exp", .expired(ago: .seconds(7)))), "expired", "exp passed 7 s ago"),
    (invalid(("exp", .missing)), "invalid_claims", "exp is missing"),
    (invalid(("nbf", .malformed)), "invalid_claims", "nbf is malformed"),
    (invalid(("nbf", .notYetValid(in: .seconds(2)))), "invalid_claims", "nbf is 2 s ahead"),
    (invalid(("iat", .issuedInFuture(by: .seconds(31)))), "invalid_claims", "iat is 31 s ahead"),
    (
      invalid(("iss", .mismatch(expected: ["i"], actual: ["evil"]))), "invalid_claims",
      "iss is not as expected"
    ),
    (
      invalid(("iss", .missing), ("exp", .expired(ago: .zero))), "invalid_claims",
      "iss is missing, exp passed 0 s ago"
    ),
  ]

  @Test func `every error has its code and sentence`() {
    for (error, code, description) in Self.rows {
      #expect(error.code == code)
      #expect(error.description == description)
      #expect("\(error)" == description)
      #expect(error.isExpired == (code == "expired"))
    }
  }

  @Test func `a challenge quotes the sentence`() {
    for (error, _, description) in Self.rows where error != .missing {
      #expect(
        error.challenge
          == "Bearer error=\"invalid_token\", error_description=\"\(description)\"")
    }
  }

  @Test func `without credentials the challenge is bare`() {
    #expect(TokenError.missing.challenge == "Bearer")
  }

  @Test func `an error is an expiry only if nothing else is wrong`() {
    let expired = ClaimFailure(claim: "exp", problem: .expired(ago: .zero))
    #expect(TokenError.invalidClaims([expired]).isExpired)
    #expect(!TokenError.invalidClaims([expired, expired]).isExpired)
    #expect(!TokenError.invalidClaims([]).isExpired)
    #expect(!Self.invalid(("iss", .missing), ("exp", .expired(ago: .zero))).isExpired)
    #expect(!Self.invalid(("exp", .expired(ago: .zero)), ("iss", .missing)).isExpired)
  }

  @Test func `a challenge stays one quoted string of RFC 6750, whatever a name contains`() {
    let hostile = (0...0x17f).compactMap { Unicode.Scalar($0 as UInt32) }.map(String.init)
    for text in hostile + ["\r\nSet-Cookie: a=b", "\", error=\"", "\\", "👩‍👩‍👧", "e\u{301}"] {
      for error in [
        .wrongType(expected: text), Self.invalid((text, .missing)), .unsupportedHeader(text),
      ] as [TokenError] {
        let challenge = Array(error.challenge.utf8)
        let start = Array("Bearer error=\"invalid_token\", error_description=\"".utf8)
        #expect(challenge.starts(with: start) && challenge.last == UInt8(ascii: "\""))
        let allowed = challenge.dropFirst(start.count).dropLast().allSatisfy {
          $0 == 0x20 || $0 == 0x21 || 0x23...0x5b ~= $0 || 0x5d...0x7e ~= $0
        }
        #expect(allowed, "\(text.debugDescription)")
      }
    }
    let ascii = (0x20...0x7e as ClosedRange<UInt8>).filter { $0 != 0x22 && $0 != 0x5c }
    let plain = String(decoding: ascii, as: UTF8.self)
    #expect(TokenError.wrongType(expected: plain).challenge.contains(plain))
  }

  @Test func `a claim is named if its name is printable ASCII of at most 64 characters`() {
    for name in [
      "!", "~", "a.b", "https://claims.example/roles", String(repeating: "n", count: 64),
    ] {
      #expect(Self.invalid((name, .missing)).description == "\(name) is missing")
    }
    for name in [
      "", " ", "a b", "naïve", "perms.SECRET\n", "\u{7f}", "\u{e9}",
      String(repeating: "n", count: 65),
    ] {
      #expect(Self.invalid((name, .missing)).description == "a claim is missing")
    }
  }

  @Test func `an error's sentence and challenge show nothing of the token`() throws {
    let payload =
      #"{"iss":"SECRET-1","aud":["SECRET-2"],"sub":["SECRET-3"],"exp":0,"x":"SECRET-4"}"#
    let header = #"{"alg":"HS256","kid":"SECRET-5","typ":"SECRET-6"}"#
    let validator = try ClaimsValidator(issuer: .exactly("i"), audience: .exactly("a"))
    var errors: [TokenError] = []
    for token in [
      RawToken(payload: payload), RawToken(header: header, payload: payload),
      RawToken(header: #"{"alg":"SECRET-7"}"#, payload: "{}"),
      RawToken(payload: #"{"SECRET-8":1,"SECRET-8":2}"#),
    ] {
      errors.append(
        try #require(throws: TokenError.self) {
          try JWT.decode(
            token.compact, keys: RawToken.keys(), type: .jwtOrAbsent, validator: validator)
        })
    }
    #expect(
      errors.map(\.code) == ["invalid_claims", "wrong_type", "unsupported_header", "malformed"])
    for error in errors {
      #expect(!error.description.contains("SECRET"))
      #expect(!error.challenge.contains("SECRET"))
    }
  }
}
