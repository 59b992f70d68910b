// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Claims as a value: equality by bytes, and the text that is signed.
@Suite struct ClaimsTests {
  private func text(_ claims: Claims) -> String {
    let bytes = [UInt8](capacity: claims.maximumEncodedCount) { $0.append(claims) }
    #expect(bytes.count <= claims.maximumEncodedCount)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func date(_ seconds: Int64) -> NumericDate { NumericDate(clamping: seconds) }

  @Test func `registered claims come first, in the order of the RFC`() throws {
    let claims = Claims(
      issuer: "i", subject: "s", audience: ["a"], expiresAt: date(3), notBefore: date(2),
      issuedAt: date(1), id: "j", custom: ["z": 1, "a": 2])
    #expect(
      text(claims)
        == #"{"iss":"i","sub":"s","aud":"a","exp":3,"nbf":2,"iat":1,"jti":"j","z":1,"a":2}"#)
  }

  @Test func `an absent claim isn't written`() throws {
    #expect(text(Claims()) == "{}")
    #expect(text(Claims(audience: ["a", "b"])) == #"{"aud":["a","b"]}"#)
    #expect(text(Claims(expiresAt: .maximum)) == #"{"exp":253402300799}"#)
    #expect(text(Claims(issuedAt: .minimum)) == #"{"iat":0}"#)
    #expect(text(Claims(custom: ["a": nil])) == #"{"a":null}"#)
    #expect(text(Claims(issuer: "")) == #"{"iss":""}"#)
    #expect(text(Claims(issuer: "{", id: "{")) == #"{"iss":"{","jti":"{"}"#)
  }

  @Test(arguments: 0..<UInt64(8))
  func `random claims fit their bound`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<8 {
      let claims = Claims(
        issuer: generator.string(),
        audience: (0..<generator.below(9)).map { _ in generator.string() },
        expiresAt: .maximum, notBefore: .maximum, issuedAt: .maximum, id: generator.string(),
        custom: generator.object())
      #expect(try JSONValue(parsing: text(claims).utf8).object?["exp"] == 253_402_300_799)
    }
  }

  @Test func `claims are equal when every claim is, by bytes`() throws {
    let a = Claims(
      issuer: "\u{e9}", subject: "\u{e9}", audience: ["\u{e9}"], expiresAt: date(1),
      notBefore: date(1), issuedAt: date(1), id: "\u{e9}", custom: ["a": 1])
    let changes: [(inout Claims) throws -> Void] = [
      { $0.issuer = "e\u{301}" }, { $0.issuer = nil }, { $0.subject = "e\u{301}" },
      { $0.subject = nil }, { $0.audience = ["e\u{301}"] }, { $0.audience = [] },
      { $0.audience += ["x"] }, { $0.expiresAt = nil }, { $0.expiresAt = .minimum },
      { $0.notBefore = nil }, { $0.issuedAt = nil }, { $0.id = "e\u{301}" }, { $0.id = nil },
      { $0.custom = [:] }, { $0.custom = ["a": 2] },
    ]
    for (index, change) in changes.enumerated() {
      var b = a
      #expect(a == b)
      try change(&b)
      #expect(a != b, "change \(index)")
    }
  }

  @Test func `claims that were read equal the claims that were written`() throws {
    let stated = Claims(issuer: "i", custom: ["a": ["b": nil]])
    let read = try RawToken(payload: text(stated)).decode().claims
    #expect(read == stated)
  }
}
