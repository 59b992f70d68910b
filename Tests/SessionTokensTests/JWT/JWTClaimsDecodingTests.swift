import Testing

@testable import SessionTokens

/// Claims as the host's own types, and where a failure stands.
@Suite struct JWTClaimsDecodingTests {
  private struct Order: Decodable, Equatable {
    let price: Int
    let note: String?
  }

  private struct Everything: Decodable, Equatable {
    let iss: String
    let exp: NumericDate?
    let orders: [Order]
  }

  private func decode<Custom: Decodable>(
    _ payload: String, as type: Custom.Type = Custom.self
  ) throws -> Custom {
    try RawToken(payload: payload).decode().claims(as: type)
  }

  @Test func `registered and custom claims decode together`() throws {
    let payload = #"{"iss":"i","exp":5,"orders":[{"price":1},{"price":2.0,"note":"n"}],"x":1}"#
    #expect(
      try decode(payload)
        == Everything(
          iss: "i", exp: NumericDate(exactly: 5),
          orders: [Order(price: 1, note: nil), Order(price: 2, note: "n")]))
    #expect(try decode(#"{"iss":"i","orders":[]}"#, as: Everything.self).exp == nil)
    #expect(try decode(#"{"a":{"b":null}}"#, as: JSONValue.self) == ["a": ["b": nil]])
  }

  @Test(
    arguments: [
      (#"{"orders":[]}"#, "iss", .missing), (#"{"iss":"i"}"#, "orders", .missing),
      (#"{"iss":"i","orders":[{}]}"#, "orders.0.price", .missing),
      (#"{"iss":"i","orders":[{"price":1},{"price":"x"}]}"#, "orders.1.price", .malformed),
      (#"{"iss":"i","orders":[{"price":1.5}]}"#, "orders.0.price", .malformed),
      (#"{"iss":"i","orders":[{"price":1,"note":2}]}"#, "orders.0.note", .malformed),
      (#"{"iss":"i","orders":[1]}"#, "orders.0", .malformed),
      (#"{"iss":"i","orders":{}}"#, "orders", .malformed),
      (#"{"iss":"i","orders":null}"#, "orders", .malformed),
      (#"{"iss":"i","exp":1.5,"orders":[]}"#, "exp", .malformed),
    ] as [(String, String, ClaimFailure.Problem)])
  func `a failure says by its path where it stands`(
    _ payload: String, _ path: String, _ problem: ClaimFailure.Problem
  ) throws {
    let failure = ClaimFailure(claim: path, problem: problem)
    let jwt = try RawToken(payload: payload).decode()
    #expect(throws: TokenError.invalidClaims([failure])) { try jwt.claims(as: Everything.self) }
  }

  @Test func `what a type of the host's throws is malformed, and what ends early is missing`()
    throws
  {
    struct Failing: Decodable {
      init(from decoder: any Decoder) throws { throw JSONError.syntax }
    }
    struct Pair: Decodable {
      init(from decoder: any Decoder) throws {
        var list = try decoder.container(keyedBy: JSONKey.self)
          .nestedUnkeyedContainer(forKey: JSONKey("list"))
        _ = try (list.decode(Int.self), list.decode(Int.self))
      }
    }
    let jwt = try RawToken(payload: #"{"list":[1]}"#).decode()
    #expect(
      throws: TokenError.invalidClaims([ClaimFailure(claim: "", problem: .malformed)])
    ) { try jwt.claims(as: Failing.self) }
    #expect(
      throws: TokenError.invalidClaims([ClaimFailure(claim: "list.1", problem: .missing)])
    ) { try jwt.claims(as: Pair.self) }
  }
}
