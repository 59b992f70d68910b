// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The codes of refusals and the body of one.
@Suite struct RefusalTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let refusal: Refusal
    let code: String
    let description: String
    var isDefinitive = true

    var testDescription: String { code }
  }

  static let rows = [
    Row(refusal: .malformed, code: "malformed", description: "not a refresh token"),
    Row(
      refusal: .badSignature, code: "bad_signature", description: "the signature does not match"),
    Row(
      refusal: .unknownKey, code: "unknown_key", description: "no key has the token's key ID",
      isDefinitive: false),
    Row(
      refusal: .retiredKey, code: "retired_key", description: "the token's key was retired"),
    Row(
      refusal: .wrongToken(field: "payload-text"), code: "wrong_token",
      description: "a token of another kind"),
    Row(refusal: .unknownSession, code: "unknown_session", description: "no such session"),
    Row(
      refusal: .bindingMismatch, code: "binding_mismatch",
      description: "the token does not belong to the session"),
    Row(
      refusal: .revoked(.credentialsChanged), code: "revoked",
      description: "the session was ended"),
    Row(
      refusal: .clockSkew, code: "clock_skew",
      description: "the clocks of servers differ too much", isDefinitive: false),
    Row(
      refusal: .windowClosed(by: .absolute), code: "window_closed",
      description: "the session is too old to be refreshed"),
    Row(
      refusal: .windowClosed(by: .idle), code: "window_closed",
      description: "the session is too old to be refreshed"),
    Row(
      refusal: .superseded, code: "superseded", description: "a late copy of an answered request"),
    Row(
      refusal: .reuseDetected(behind: 987_654, age: .seconds(123_456)), code: "reuse_detected",
      description: "a refresh token was used twice"),
    Row(refusal: .expired, code: "expired", description: "the refresh token has expired"),
    Row(
      refusal: .signedInBefore, code: "signed_in_before",
      description: "all earlier sessions were ended"),
  ]

  @Test(arguments: rows)
  func `each refusal has its code, sentence and status`(_ row: Row) {
    #expect(row.refusal.code.rawValue == row.code)
    #expect(row.refusal.code == Refusal.Code(rawValue: row.code))
    #expect(row.refusal.description == row.description)
    #expect("\(row.refusal)" == row.description)
    #expect(row.refusal.isDefinitive == row.isDefinitive)
    #expect(row.refusal.statusCode == (row.isDefinitive ? 400 : 503))
  }

  @Test(arguments: rows)
  func `the body is the text of RFC 6749 with the code`(_ row: Row) {
    let error = row.isDefinitive ? "invalid_grant" : "temporarily_unavailable"
    #expect(
      row.refusal.json == """
        {"error":"\(error)","error_description":"\(row.description)","refusal":"\(row.code)"}
        """)
  }

  @Test func `every case has a row, and every code is its own snake_case name`() throws {
    let codes = Set(Self.rows.map(\.code))
    #expect(codes.count == 14)
    #expect(Self.rows.count == 15, "the two bounds share a code")
    #expect(Set(Self.rows.map(\.description)).count == 14)
    for code in codes {
      #expect(code.utf8.allSatisfy { 0x61...0x7a ~= $0 || $0 == 0x5f })
      #expect(!code.hasPrefix("_") && !code.hasSuffix("_") && !code.contains("__"))
    }
  }

  /// RFC 6749 §5.2 allows %x20-21 / %x23-5B / %x5D-7E.
  @Test(arguments: rows)
  func `a sentence has only the characters that RFC 6749 allows`(_ row: Row) {
    #expect(!row.description.isEmpty)
    #expect(row.description.utf8.allSatisfy { 0x20...0x7e ~= $0 && $0 != 0x22 && $0 != 0x5c })
  }

  @Test(arguments: rows)
  func `a refusal's texts show none of its values`(_ row: Row) {
    for text in [row.refusal.json, row.refusal.description, row.refusal.code.rawValue] {
      for payload in [
        "payload-text", "credentials", "absolute", "idle", "987654", "123456",
      ] {
        #expect(!text.contains(payload))
      }
    }
  }

  @Test func `two refusals are equal when their values are`() {
    #expect(Distinct.confusions { Self.rows.map(\.refusal) }.isEmpty)
    #expect(Refusal.wrongToken(field: "iss") != .wrongToken(field: "aud"))
    #expect(Refusal.revoked(.signedOut) != .revoked(.administrator))
    #expect(
      Refusal.reuseDetected(behind: 1, age: .zero) != .reuseDetected(behind: 2, age: .zero))
    #expect(
      Refusal.reuseDetected(behind: 1, age: .zero) != .reuseDetected(behind: 1, age: .seconds(1)))
  }

  @Test func `a code of a newer server is kept and isn't a known one`() {
    let code = Refusal.Code(rawValue: "of_tomorrow")
    #expect(code.rawValue == "of_tomorrow")
    #expect(!Self.rows.contains { $0.refusal.code == code })
    for text in ["of_tomorrow", "", "invalid_grant", "Unknown_key", "clock_skew "] {
      #expect(Refusal.Code(rawValue: text).isDefinitive)
    }
    #expect(Refusal.Code(rawValue: "caf\u{e9}") != Refusal.Code(rawValue: "cafe\u{301}"))
    #expect(Set([code, code, .revoked, .expired]).count == 3)
  }
}
