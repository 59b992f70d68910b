// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The parameters that a header may have.
///
/// Every token here has a right MAC, so the header alone decides.
@Suite struct JOSEHeaderTests {
  private func decode(_ header: String, keys: KeyRing? = nil) throws -> JWT {
    try JWT.decode(
      RawToken(header: header, payload: "{}").compact,
      keys: keys ?? KeyRing.unnamed(secret: RawToken.secret), type: .notChecked,
      validator: RawToken.validator())
  }

  @Test(arguments: [
    #"{"alg":"HS256"}"#, #" { "alg" : "HS256" } "#, #"{"\u0061lg":"\u0048S256"}"#,
    #"{"alg":"HS256","\u0061l":"none","\u006bi":1,"\u0063ri":[],"\u0063ritical":1}"#,
    // keys inside a token, and anything unknown, are not read
    #"{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}"#,
    #"{"alg":"HS256","jku":"https://e.example"}"#,
    #"{"x5c":["AAAA"],"x5u":1,"x5t":null,"x5t#S256":[],"alg":"HS256"}"#,
    #"{"alg":"HS256","enc":"A128GCM","p2c":1e300,"epk":{},"url":1,"nonce":true,"ALG":"none"}"#,
    // content types other than a nested JWT
    #"{"alg":"HS256","cty":"json"}"#, #"{"alg":"HS256","cty":""}"#,
    #"{"alg":"HS256","cty":"jwt+x"}"#,
    #"{"alg":"HS256","cty":"application/json"}"#, #"{"alg":"HS256","cty":"text/jwt"}"#,
    #"{"alg":"HS256","cty":"application/x/jwt"}"#, #"{"alg":"HS256","cty":"application/"}"#,
  ])
  func `a header with HS256 and no refused parameter is accepted`(_ header: String) throws {
    #expect(try decode(header).payload == Array("{}".utf8))
  }

  @Test(arguments: [
    "none", "None", "nOnE", "", "hs256", "HS256 ", " HS256", "HS2560", "HS384", "HS512", "RS256",
    "ES256", "EdDSA", "PS256", "dir", "HS256\u{0}", "ＨS256", "HS25", "HMACSHA256",
  ])
  func `any other algorithm is refused`(_ algorithm: String) throws {
    let literal = String(decoding: JSONValue.string(algorithm).serialized(), as: UTF8.self)
    #expect(throws: TokenError.unsupportedHeader("alg")) { try decode("{\"alg\":\(literal)}") }
  }

  @Test(arguments: [
    ("crit", "[]"), ("crit", #"["exp"]"#), ("crit", #"["b64"]"#), ("crit", "null"), ("crit", "1"),
    ("b64", "false"), ("b64", "true"), ("b64", "null"), ("zip", #""DEF""#), ("zip", "null"),
    ("cty", #""JWT""#), ("cty", #""jwt""#), ("cty", #""application/jwt""#), ("cty", "null"),
    ("cty", #""Application/JWT""#), ("cty", #""\u004aWT""#), ("cty", "1"), ("cty", #"["JWT"]"#),
  ])
  func `an extension, a detached or compressed payload and a nested JWT are refused`(
    _ name: String, _ value: String
  ) {
    let escaped = #"\u00"# + String(Array(name.utf8)[0], radix: 16) + name.dropFirst()
    for name in [name, escaped] {
      #expect(throws: TokenError.unsupportedHeader(name == escaped ? original(name) : name)) {
        try decode("{\"alg\":\"HS256\",\"\(name)\":\(value)}")
      }
      #expect(throws: TokenError.unsupportedHeader(original(name))) {
        try decode("{\"\(name)\":\(value),\"alg\":\"none\"}")
      }
    }
  }

  /// The name without its escape.
  private func original(_ name: String) -> String {
    (try? JSONValue(parsing: "\"\(name)\"".utf8))?.string ?? name
  }

  @Test func `the first of several refused parameters is named`() {
    #expect(throws: TokenError.unsupportedHeader("zip")) {
      try decode(#"{"zip":1,"crit":[],"cty":"JWT","alg":"HS256"}"#)
    }
    #expect(throws: TokenError.unsupportedHeader("cty")) {
      try decode(#"{"cty":"JWT","crit":[],"alg":"HS256"}"#)
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "null", #""HS256""#, #"{"typ":"JWT"}"#, #"{"alg":null}"#, #"{"alg":1}"#,
    #"{"alg":["HS256"]}"#, #"{"alg":{"x":"HS256"}}"#, #"{"alg":true}"#, #"{"alg":"HS256"}x"#,
    #"{"alg":"HS256"},"#, #"{"alg":"HS256""#, #"{"alg":"HS256",}"#, "\u{feff}{\"alg\":\"HS256\"}",
    #"{'alg':'HS256'}"#, #"{"alg":"HS256","x":"\ud800"}"#, #"{"alg":"HS256","x":01}"#,
    #"{"alg":"HS256","x":1e400}"#, #"{"alg":"HS256","jwk":-1e999}"#,
    #"{"alg":"HS256","x":[1e400]}"#,
    #"{"alg":"HS256","typ":1}"#, #"{"alg":"HS256","typ":null}"#, #"{"alg":"HS256","typ":["JWT"]}"#,
    #"{"alg":"HS256","kid":1}"#, #"{"alg":"HS256","kid":null}"#, #"{"alg":"HS256","kid":{}}"#,
    #"{"alg":"HS256","typ":"\u0000"}"#, #"{"alg":"HS256","typ":"JWT\u0000"}"#,
    #"{"alg":"HS256","kid":"k\u0000"}"#, #"{"alg":"HS256","kid":"\u0000k"}"#,
  ])
  func `a text that isn't a header, or has a parameter of the wrong kind, is malformed`(
    _ header: String
  ) {
    #expect(throws: TokenError.malformed(.header)) { try decode(header) }
  }

  @Test(arguments: [
    #"{"alg":"HS256","alg":"HS256"}"#, #"{"alg":"HS256","\u0061lg":"none"}"#,
    #"{"alg":"HS256","kid":"a","kid":"b"}"#, #"{"alg":"HS256","x":1,"x":2}"#,
    #"{"alg":"HS256","jwk":{"k":"a","k":"b"}}"#, #"{"crit":[],"crit":[]}"#,
  ])
  func `a parameter that appears twice is refused as such`(_ header: String) {
    #expect(throws: TokenError.malformed(.duplicateName)) { try decode(header) }
  }

  @Test func `a header nests 32 deep and no deeper`() throws {
    let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    _ = try decode(#"{"alg":"HS256","x":\#(deep(31))}"#)
    #expect(throws: TokenError.malformed(.header)) {
      try decode(#"{"alg":"HS256","x":\#(deep(32))}"#)
    }
  }
}
