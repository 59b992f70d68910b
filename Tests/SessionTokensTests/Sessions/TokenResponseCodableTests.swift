import Foundation
import Testing

@testable import SessionTokens

/// The body by way of `Codable`, for hosts and apps whose HTTP layer encodes and decodes.
@Suite struct TokenResponseCodableTests {
  static func decoder(_ strategy: JSONDecoder.KeyDecodingStrategy) -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = strategy
    return decoder
  }

  static let decoders = [decoder(.useDefaultKeys), decoder(.convertFromSnakeCase)]

  @Test func `what is encoded is what the text says`() throws {
    for response in TokenResponseTests.samples {
      let encoded = try JSONEncoder().encode(response)
      let object = try JSONSerialization.jsonObject(with: encoded) as? NSDictionary
      let text = try JSONSerialization.jsonObject(with: Data(response.json.utf8)) as? NSDictionary
      #expect(object != nil && object == text)
    }
  }

  @Test func `both kinds of decoder read what was written`() throws {
    for response in TokenResponseTests.samples {
      for decoder in Self.decoders {
        let written = [try JSONEncoder().encode(response), Data(response.json.utf8)]
        for body in written {
          #expect(try decoder.decode(TokenResponse.self, from: body) == response)
        }
      }
    }
  }

  @Test func `it can stand inside another value`() throws {
    struct Answer: Codable, Equatable {
      var tokens: TokenResponse
      var userName: String
    }
    let answer = Answer(tokens: TokenResponseTests.response(), userName: "u")
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let body = try encoder.encode(answer)
    #expect(try Self.decoders[1].decode(Answer.self, from: body) == answer)
  }

  @Test(arguments: [
    "{}", #"{"access_token":"a","token_type":"Bearer"}"#,
    #"{"access_token":"a","token_type":"MAC","expires_in":1}"#,
    #"{"access_token":"a\n","token_type":"Bearer","expires_in":1}"#,
    #"{"access_token":"a","token_type":"Bearer","expires_in":"1"}"#,
    #"{"access_token":"a","token_type":"Bearer","expires_in":1,"refresh_token":2}"#,
  ])
  func `a body that is not taken is not decoded either`(_ body: String) throws {
    #expect(throws: TokenError.self) { try TokenResponse(parsing: body.utf8) }
    for decoder in Self.decoders {
      let error = try #require(throws: DecodingError.self) {
        try decoder.decode(TokenResponse.self, from: Data(body.utf8))
      }
      guard case .dataCorrupted = error else { throw error }
    }
  }

  @Test func `fractions are dropped, and what is null is absent`() throws {
    let body = """
      {"access_token":"a","token_type":"bearer","expires_in":1.9,"refresh_token":null,\
      "refresh_token_expires_in":null}
      """
    for decoder in Self.decoders {
      let response = try decoder.decode(TokenResponse.self, from: Data(body.utf8))
      #expect(
        response
          == TokenResponseTests.response(
            access: "a", expiresIn: 1, refresh: nil, refreshExpiresIn: nil))
    }
  }

  @Test func `of two spellings the one of RFC 6749 counts, as it does in the parser`() throws {
    let body = """
      {"accessToken":"camel","access_token":"snake","token_type":"Bearer","expires_in":1}
      """
    let response = try JSONDecoder().decode(TokenResponse.self, from: Data(body.utf8))
    #expect(response.accessToken == "snake")
    #expect(try TokenResponse(parsing: body.utf8) == response)
  }

  @Test func `an error of decoding quotes no token`() throws {
    let body = #"{"access_token":"secret-é","token_type":"Bearer","expires_in":1}"#
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(TokenResponse.self, from: Data(body.utf8))
    }
    #expect(!"\(error)".contains("secret"))
    #expect("\(error)".contains("access_token is malformed"))
  }
}
