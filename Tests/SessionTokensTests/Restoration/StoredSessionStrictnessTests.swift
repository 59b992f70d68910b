// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The form belongs to this package alone: any other is refused.
@Suite struct StoredSessionStrictnessTests {
  private static let golden = StoredSessionFormTests.golden

  private static let required = [
    "version", "name", "signed_in_at", "received_at", "idempotency_key", "access_token",
    "expires_in",
  ]

  private static let all = required + ["refresh_token", "refresh_token_expires_in"]

  /// The blob of session 1 with a member replaced, or left out.
  private static func blob(_ name: String, _ value: JSONValue?) throws -> [UInt8] {
    var members = try #require(try JSONValue(parsing: golden.utf8).object)
    members[name] = value
    return JSONValue.object(members).serialized()
  }

  @Test(arguments: required)
  func `a required member that is absent is missing`(_ name: String) throws {
    for value in [nil, JSONValue.null] {
      let blob = try Self.blob(name, value)
      #expect(throws: TokenError.invalidClaims([ClaimFailure(claim: name, problem: .missing)])) {
        try StoredSession(parsing: blob)
      }
    }
  }

  private static let long = JSONValue.string(String(repeating: "x", count: 16_385))

  static let malformed: [(String, [JSONValue])] = [
    ("version", [0, 1, 3, -1, 2.5, "2", true, [1], [:]]),
    (
      "name",
      [
        "", "AAAAAAAAAA", "AAAAAAAAAAAA", "AAAAAAAAAAF", "AAAAAAAAAA=", "AAAAAAAAA+E",
        "AAAAAAAAA é",
        1, true, [], [:],
      ]
    ),
    ("signed_in_at", [-1, 253_402_300_800, 1.5, "1800000000", false, [], [:]]),
    ("received_at", [-1, 253_402_300_800, 1.5, "1800000000", false, [], [:]]),
    (
      "idempotency_key",
      [
        "", "AAAAAAAAAAEAAAAAAAAAA", "AAAAAAAAAAEAAAAAAAAAAQA", "AAAAAAAAAAEAAAAAAAAAAR",
        "AAAAAAAAAAEAAAAAAAAA+Q", "AAAAAAAAAAEAAAAAAAA éQ", 1, true, [], [:],
      ]
    ),
    ("access_token", ["", "a\nb", "a\u{7f}", "é", "\u{0}", long, 1, true, [], [:]]),
    ("expires_in", [-1, 253_402_300_800, "900", true, [], [:]]),
    ("refresh_token", ["", "a\tb", "é", long, 1, true, [], [:]]),
    ("refresh_token_expires_in", [-1, 253_402_300_800, "900", true, [], [:]]),
    ("spent", [1, true, [], [:]]),
  ]

  @Test(arguments: malformed)
  func `a member of another kind or range is malformed`(
    _ name: String, _ values: [JSONValue]
  ) throws {
    for value in values {
      let blob = try Self.blob(name, value)
      #expect(
        throws: TokenError.invalidClaims([ClaimFailure(claim: name, problem: .malformed)]),
        "\(value)"
      ) { try StoredSession(parsing: blob) }
    }
  }

  @Test(
    arguments: [
      ("received_at", 0), ("received_at", 253_402_300_799), ("signed_in_at", 0),
      ("signed_in_at", 253_402_300_799), ("expires_in", 0), ("expires_in", 253_402_300_799),
      ("name", "__________8"), ("idempotency_key", "_____________________w"),
      ("access_token", " "), ("spent", nil), ("spent", ""), ("spent", "a_code_of_tomorrow"),
      ("access_token", .string(String(repeating: "~", count: 16_384))), ("refresh_token", nil),
      ("refresh_token_expires_in", nil), ("refresh_token_expires_in", 0),
    ] as [(String, JSONValue?)])
  func `a member at the end of its range is read`(_ name: String, _ value: JSONValue?) throws {
    _ = try StoredSession(parsing: Self.blob(name, value))
  }

  @Test(arguments: [
    "token_type", "Version", "versión", "version ", "", "access_token\u{0}", "expires", "gen",
  ])
  func `an unknown member is refused, as from a newer app`(_ name: String) throws {
    for value in [JSONValue.null, 1, "text"] {
      let blob = try Self.blob(name, value)
      #expect(throws: TokenError.malformed(.json)) { try StoredSession(parsing: blob) }
    }
  }

  @Test(arguments: all)
  func `a member that appears twice is refused, even with the same value`(_ name: String) throws {
    let value = try #require(try JSONValue(parsing: Self.golden.utf8).object?[name])
    let text = String(decoding: value.serialized(), as: UTF8.self)
    let escaped = "\\u00" + String(try #require(name.utf8.first), radix: 16) + name.dropFirst()
    for spelling in [name, escaped] {
      let twice = "{\"\(spelling)\":\(text)," + Self.golden.dropFirst()
      #expect(throws: TokenError.malformed(.duplicateName)) {
        try StoredSession(parsing: twice.utf8)
      }
    }
  }

  @Test func `a blob that is truncated at any byte is refused`() {
    let bytes = Array(Self.golden.utf8)
    for count in bytes.indices {
      #expect(throws: TokenError.malformed(.json)) {
        try StoredSession(parsing: bytes.prefix(count))
      }
    }
  }

  @Test(arguments: ["}", "{}", ",", "\u{0}", "x", "null"])
  func `bytes after the blob are refused`(_ trailer: String) {
    #expect(throws: TokenError.malformed(.json)) {
      try StoredSession(parsing: (Self.golden + trailer).utf8)
    }
  }

  @Test(arguments: [
    "", "null", "1", "\"text\"", "[]", "[\(golden)]", "\u{feff}\(golden)", "<html>",
  ])
  func `a text that isn't an object is refused`(_ text: String) {
    #expect(throws: TokenError.malformed(.json)) { try StoredSession(parsing: text.utf8) }
  }

  @Test func `every wrong member is named`() {
    #expect(
      throws: TokenError.invalidClaims(
        Self.required.map { ClaimFailure(claim: $0, problem: .missing) })
    ) { try StoredSession(parsing: "{}".utf8) }
  }

  @Test func `the largest blob is read back, and one a byte over 128 KiB is refused`() throws {
    // Each backslash takes two bytes.
    let token = String(repeating: "\\", count: 16_384)
    let largest = StoredSession(
      blob: StoredSession.Blob(
        tokens: TokenResponse(
          access: SecretString(token), expiresIn: .seconds(900), refresh: SecretString(token),
          refreshTokenExpiresIn: nil), receivedAt: .receipt(0),
        idempotencyKey: Identifier128(high: .max, low: .max), name: SessionName(bits: .max),
        signedInAt: .receipt(0)))
    #expect(try StoredSession(parsing: largest.bytes) == largest)
    let padding = [UInt8](repeating: 0x20, count: 131_072 - largest.bytes.count)
    #expect(try StoredSession(parsing: largest.bytes + padding) == largest)
    #expect(throws: TokenError.malformed(.tooLarge)) {
      try StoredSession(parsing: largest.bytes + padding + [0x20])
    }
    #expect(throws: TokenError.malformed(.tooLarge)) {
      try StoredSession(parsing: Array(repeating: UInt8(ascii: "{"), count: 1 << 20))
    }
  }
}
