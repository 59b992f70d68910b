import Foundation
import Testing

@testable import SessionTokens

/// Claims made of the host's own types.
@Suite struct CustomClaimsEncodingTests {
  private enum Plan: String, Codable { case free, pro }

  private struct Device: Codable, Equatable {
    let name: String
    let port: Int?
  }

  private struct Profile: Codable, Equatable {
    var roles = ["admin", "editor"]
    var plan = Plan.pro
    var nickname: String?
    var devices = [Device(name: "phone", port: nil), Device(name: "desk", port: 1)]
    var limits = ["requests": 10]
    var score = 1.5
    var isActive = false
  }

  @Test func `a value encodes its members in their order`() throws {
    #expect(
      try CustomClaims(encoding: Profile()).members == [
        "roles": ["admin", "editor"], "plan": "pro",
        "devices": [["name": "phone"], ["name": "desk", "port": 1]], "limits": ["requests": 10],
        "score": 1.5, "isActive": false,
      ])
  }

  @Test func `what was encoded decodes from a token`() throws {
    var profile = Profile()
    profile.nickname = "caf\u{e9}"
    let key = try SigningKey(id: "k", secret: RawToken.secret)
    let token = try JWT.encode(Claims(custom: CustomClaims(encoding: profile).members), key: key)
    let jwt = try JWT.decode(
      token, keys: RawToken.keys(), type: .jwtOrAbsent, validator: RawToken.validator())
    #expect(try jwt.claims(as: Profile.self) == profile)
    #expect(try CustomClaims(jwt.claims.custom) == CustomClaims(encoding: profile))
  }

  @Test func `a value that is no object is refused`() {
    for value in [1, "s", [1], Int?.none, true] as [any Encodable] {
      #expect(throws: ClaimsError.notAnObject) { try CustomClaims(encoding: value) }
    }
  }

  @Test func `a value that fails to encode is refused`() {
    struct Failing: Encodable {
      func encode(to encoder: any Encoder) throws { throw JSONError.syntax }
    }
    #expect(throws: ClaimsError.notAnObject) { try CustomClaims(encoding: ["a": Failing()]) }
  }

  @Test func `a whole number that would not read back is refused by its claim's name`() {
    struct Account: Encodable {
      var name = "a"
      var ids = [UInt64.max]
    }
    #expect(throws: ClaimsError.notEncodable("ids")) { try CustomClaims(encoding: Account()) }
    #expect(throws: ClaimsError.notAnObject) { try CustomClaims(encoding: UInt64.max) }
  }

  @Test func `a whole number beyond 64 bits is not rounded into a claim's type`() throws {
    struct Account: Decodable { let id: UInt64 }
    let jwt = try RawToken(payload: #"{"id":9223372036854775809}"#).decode()
    #expect(throws: TokenError.self) { try jwt.claims(as: Account.self) }
  }

  @Test func `what is encoded is held to the rules of claims`() {
    #expect(throws: ClaimsError.reservedName("sub")) { try CustomClaims(encoding: ["sub": 1]) }
    #expect(throws: ClaimsError.notFinite("a")) { try CustomClaims(encoding: ["a": Double.nan]) }
    #expect(throws: ClaimsError.tooLarge(bytes: 9_006)) {
      try CustomClaims(encoding: ["a": String(repeating: "x", count: 9_000)])
    }
    #expect(throws: ClaimsError.tooDeep) {
      var value: JSONValue = 0
      for _ in 0..<40 { value = [value] }
      _ = try CustomClaims(encoding: ["a": value])
    }
  }

  @Test func `a date of a claim is a number in Codable too`() throws {
    let date = try #require(NumericDate(exactly: 1_700_000_000))
    #expect(try JSONEncoder().encode([date]) == Data("[1700000000]".utf8))
    #expect(try JSONDecoder().decode([NumericDate].self, from: Data("[1700000000]".utf8)) == [date])
    #expect(try CustomClaims(encoding: ["at": date])["at"] == 1_700_000_000)
    for text in ["[-1]", "[253402300800]", "[1.5]", #"["1"]"#, "[null]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([NumericDate].self, from: Data(text.utf8))
      }
    }
  }
}
