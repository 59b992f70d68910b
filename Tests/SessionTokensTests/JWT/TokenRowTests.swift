// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Hostile tokens, and cases from the suites of Tink, jose, node-jsonwebtoken and jwt-kit.
@Suite(.timeLimit(.minutes(1))) struct TokenRowTests {
  @Test(arguments: try TokenRow.rows(.accept))
  func `a token to accept decodes, and reads without a key`(_ row: TokenRow) throws {
    let jwt = try row.decode()
    let peeked = try UnverifiedJWT(row.token)
    #expect(try peeked.claims() == jwt.claims)
  }

  @Test(arguments: try TokenRow.rows(.reject))
  func `a token to reject throws`(_ row: TokenRow) throws {
    _ = try? UnverifiedJWT(row.token)
    let error = try #require(throws: (any Error).self) { try row.decode() }
    #expect(error is TokenError || error is KeyError)
  }

  @Test(arguments: try TokenRow.rows(.reject).filter { $0.category == "dup_claims" })
  func `a repeated name is refused as such, wherever it appears`(_ row: TokenRow) {
    #expect(throws: TokenError.malformed(.duplicateName)) { try row.decode() }
    #expect(throws: TokenError.malformed(.duplicateName)) { try UnverifiedJWT(row.token) }
  }

  @Test(
    arguments: try TokenRow.rows(.reject).filter {
      $0.category == "alg_none" && $0.name.hasSuffix("-hmac")
    })
  func `any spelling of none is refused with a correct MAC`(_ row: TokenRow) {
    #expect(throws: TokenError.unsupportedHeader("alg")) { try row.decode() }
  }

  @Test(arguments: try TokenRow.rows(.either))
  func `a token that the RFCs leave open is accepted or refused by design`(
    _ row: TokenRow
  ) throws {
    _ = try? UnverifiedJWT(row.token)
    if let error = TokenRow.refusedThoughOpen[row.name] {
      #expect(throws: error) { try row.decode() }
    } else {
      _ = try row.decode()
    }
  }

  @Test(
    arguments: try VectorTable<TokenRow>.rows(of: "peer_suites").filter { $0.originalKey != nil })
  func `a key of a peer suite that is shorter than 32 bytes is refused`(_ row: TokenRow) throws {
    let key = try #require(row.originalKey).bytes
    #expect(throws: KeyError.secretTooShort(keyID: "peer", bytes: key.count)) {
      try SigningKey(id: "peer", secret: key)
    }
  }

  @Test func `every row is in one of the tests`() throws {
    #expect(try TokenRow.rows(.accept).count == 97)
    #expect(try TokenRow.rows(.reject).count == 263)
    let open = try TokenRow.rows(.either).map(\.name)
    #expect(open.count == 18)
    #expect(TokenRow.refusedThoughOpen.keys.allSatisfy(open.contains))
  }
}
