// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The limits on a session's values: anything that could make a token too large is refused here.
@Suite struct SessionOpeningLimitsTests {
  typealias Fixture = AuthorityFixture

  /// Opens a session of each kind; both must be accepted, or refused for the same reason.
  private func expect(
    _ error: ClaimsError?, subject: String = "user-1", clientID: String? = nil,
    claims: CustomClaims = .empty, _ sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let authority = try Fixture.authority()
    if let error {
      #expect(throws: error, sourceLocation: sourceLocation) {
        try authority.openSession(subject: subject, clientID: clientID, claims: claims)
      }
      #expect(throws: error, sourceLocation: sourceLocation) {
        try authority.openSessionWithoutRecord(subject: subject, clientID: clientID, claims: claims)
      }
    } else {
      let tokens = [
        try authority.openSession(subject: subject, clientID: clientID, claims: claims).tokens,
        try authority.openSessionWithoutRecord(
          subject: subject, clientID: clientID, claims: claims),
      ]
      for pair in tokens {
        let token = try authority.accessTokenVerifier.verify(pair.accessToken)
        #expect(token.subject.hasSameBytes(as: subject), sourceLocation: sourceLocation)
        #expect(hasSameBytes(token.clientID, clientID), sourceLocation: sourceLocation)
        #expect(token.custom == claims.members, sourceLocation: sourceLocation)
      }
    }
  }

  @Test func `an empty subject or client is refused`() throws {
    try expect(.empty("subject"), subject: "")
    try expect(.empty("clientID"), clientID: "")
    try expect(.empty("subject"), subject: "", clientID: "")
    try expect(nil, subject: "u", clientID: "c")
  }

  /// Texts of exactly 1,024 bytes as JSON: plain, two-byte escapes, six-byte escapes, UTF-8.
  static let longest = [
    String(repeating: "s", count: 1_022), String(repeating: "\\", count: 511),
    String(repeating: "\u{1f}", count: 170) + "ab", String(repeating: "é", count: 511),
    String(repeating: "\0", count: 170) + "ab",
  ]

  @Test(arguments: longest)
  func `a subject and a client have at most 1,024 bytes as JSON`(_ text: String) throws {
    #expect(text.encodedJSONCount == 1_024)
    try expect(nil, subject: text)
    try expect(nil, clientID: text)
    try expect(nil, subject: text, clientID: text)
    try expect(.tooLarge(bytes: 1_025), subject: text + "x")
    try expect(.tooLarge(bytes: 1_025), clientID: text + "x")
    try expect(.tooLarge(bytes: 1_026), subject: text + "\n", clientID: text + "x")
  }

  @Test func `claims of an accepted access token can be signed again`() throws {
    let token = try Fixture.verifier().verify(HandMadeToken.access.signed)
    try expect(nil, claims: CustomClaims(token.custom))
  }
}
