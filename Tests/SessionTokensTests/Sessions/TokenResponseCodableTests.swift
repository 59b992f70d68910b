// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// The body by way of `Codable`, for servers and apps whose HTTP layer encodes and decodes.
@Suite struct TokenResponseCodableTests {
  static func decoder(_ strategy: JSONDecoder.KeyDecodingStrategy) -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = strategy
    return decoder
  }

  static let decoders = [decoder(.useDefaultKeys), decoder(.convertFromSnakeCase)]

  @Test func `the encoded members are those of the text`() throws {
    for response in TokenResponseTests.samples {
      let encoded = try JSONEncoder().encode(response)
      let object = try JSONSerialization.jsonObject(with: encoded) as? NSDictionary
      let text = try JSONSerialization.jsonObject(with: Data(response.json.utf8)) as? NSDictionary
      #expect(object != nil && object == text)
    }
  }

  @Test func `both kinds of decoder read a written body`() throws {
    for response in TokenResponseTests.samples {
      for decoder in Self.decoders {
        let written = [try JSONEncoder().encode(response), Data(response.json.utf8)]
        for body in written {
          #expect(try decoder.decode(TokenResponse.self, from: body) == response)
        }
      }
    }
  }

  /// Foundation's decoder traps on these when it is asked for an integer.
  @Test(arguments: [109, 112, 200, 5_000])
  func `no lifetime traps, however it is written`(_ zeros: Int) throws {
    let zeroes = String(repeating: "0", count: zeros)
    for literal in [
      "9007199254740992\(zeroes)e-\(zeros)", "0.\(zeroes)9007199254740994e\(zeros + 16)",
    ] {
      let body = #"{"access_token":"a","expires_in":\#(literal)}"#
      let response = try JSONDecoder().decode(TokenResponse.self, from: Data(body.utf8))
      #expect(response.expiresIn == .seconds(253_402_300_799))
      #expect(try response == TokenResponse(parsing: body.utf8))
    }
    let negative = #"{"access_token":"a","expires_in":-9007199254740994\#(zeroes)e-\#(zeros)}"#
    let response = try JSONDecoder().decode(TokenResponse.self, from: Data(negative.utf8))
    #expect(response.expiresIn == .zero)
  }

  @Test func `a response can be part of another value`() throws {
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
    "{}", #"{"token_type":"Bearer","expires_in":1}"#, #"{"access_token":null}"#,
    #"{"access_token":""}"#, #"{"access_token":1}"#, #"{"access_token":["a"]}"#,
    #"{"access_token":"a","token_type":"MAC","expires_in":1}"#,
    #"{"access_token":"a\n","token_type":"Bearer","expires_in":1}"#,
    #"{"access_token":"a","token_type":1}"#, #"{"access_token":"a","refresh_token":{}}"#,
    #"{"access_token":"a","token_type":"Bearer","expires_in":1,"refresh_token":2}"#,
  ])
  func `a body that the parser refuses isn't decoded either`(_ body: String) throws {
    #expect(throws: TokenError.self) { try TokenResponse(parsing: body.utf8) }
    for decoder in Self.decoders {
      let error = try #require(throws: DecodingError.self) {
        try decoder.decode(TokenResponse.self, from: Data(body.utf8))
      }
      guard case .dataCorrupted = error else { throw error }
    }
  }

  @Test(arguments: [
    #"{"access_token":"a"}"#, #"{"access_token":"a","token_type":null,"expires_in":null}"#,
    #"{"access_token":"a","token_type":"bEARER","expires_in":1.9}"#,
    #"{"access_token":"a","expires_in":-1.5,"refresh_token":""}"#,
    #"{"access_token":"a","expires_in":1e300,"refresh_token_expires_in":"9999999999999"}"#,
    #"{"access_token":"a","expires_in":"3600","refresh_token":"b","refresh_token_expires_in":-1}"#,
    #"{"access_token":"a","expires_in":true,"refresh_token_expires_in":{"x":[]}}"#,
    #"{"access_token":"a","expires_in":[[[[1]]]],"x":[{"y":null}]}"#,
    #"{"access_token":"a","refresh_token":null,"refresh_token_expires_in":9223372036854775807}"#,
  ])
  func `a body is decoded as it is parsed`(_ body: String) throws {
    for decoder in Self.decoders {
      #expect(
        try decoder.decode(TokenResponse.self, from: Data(body.utf8))
          == TokenResponse(parsing: body.utf8))
    }
  }

  @Test func `a lifetime that no decoder can hold counts as absent`() throws {
    let strategy = JSONDecoder()
    strategy.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    for text in [#""inf""#, #""-inf""#, #""nan""#, "1e400"] {
      let body = Data(#"{"access_token":"a","expires_in":\#(text)}"#.utf8)
      #expect(try strategy.decode(TokenResponse.self, from: body).expiresIn == .seconds(300))
    }
  }

  /// A decoder's own limit is 512 levels, at which a recursion overflows the stack of a thread of
  /// 512 KB.
  @Test(arguments: [31, 33, 300, 511])
  func `nesting in a member isn't read`(_ depth: Int) throws {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      let value =
        String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      for decoder in Self.decoders {
        let lifetime = Data(#"{"access_token":"a","expires_in":\#(value)}"#.utf8)
        #expect(try decoder.decode(TokenResponse.self, from: lifetime).expiresIn == .seconds(300))
        let token = Data(#"{"access_token":\#(value)}"#.utf8)
        let error = try #require(throws: DecodingError.self) {
          try decoder.decode(TokenResponse.self, from: token)
        }
        guard case .dataCorrupted(let context) = error else { throw error }
        #expect(context.debugDescription.contains("access_token is malformed"))
      }
    }
  }

  @Test func `of two spellings the one of RFC 6749 counts, as in the parser`() throws {
    let body = """
      {"accessToken":"camel","access_token":"snake","token_type":"Bearer","expires_in":1}
      """
    let response = try JSONDecoder().decode(TokenResponse.self, from: Data(body.utf8))
    #expect(response.accessToken == "snake")
    #expect(try TokenResponse(parsing: body.utf8) == response)
  }

  @Test func `a decoding error quotes no token`() throws {
    let body = #"{"access_token":"secret-é","token_type":"Bearer","expires_in":1}"#
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(TokenResponse.self, from: Data(body.utf8))
    }
    #expect(!"\(error)".contains("secret"))
    #expect("\(error)".contains("access_token is malformed"))
  }
}
