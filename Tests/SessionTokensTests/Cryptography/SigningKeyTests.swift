// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The secrets and IDs that a key accepts.
@Suite struct SigningKeyTests {
  private let secret = [UInt8](0..<32)

  @Test func `a secret has at least 32 bytes`() throws {
    for count in [0, 1, 16, 31] {
      #expect(throws: KeyError.secretTooShort(keyID: "k", bytes: count)) {
        try SigningKey(id: "k", secret: [UInt8](repeating: 1, count: count))
      }
      let text = Base64URLBytes.text([UInt8](repeating: 1, count: count))
      #expect(throws: KeyError.secretTooShort(keyID: "k", bytes: count)) {
        try SigningKey(id: "k", base64: text)
      }
    }
    for count in [32, 33, 64, 65] {
      _ = try SigningKey(id: "k", secret: [UInt8](repeating: 1, count: count))
    }
  }

  /// The bytes 0xfb 0xff in turn, whose text is full of the digits in which the alphabets differ.
  @Test(arguments: [
    "+//7//v/+//7//v/+//7//v/+//7//v/+//7//v/+/8=",
    "+//7//v/+//7//v/+//7//v/+//7//v/+//7//v/+/8",
    "-__7__v_-__7__v_-__7__v_-__7__v_-__7__v_-_8=",
    "-__7__v_-__7__v_-__7__v_-__7__v_-__7__v_-_8",
  ])
  func `a secret in either alphabet is accepted, padded or not`(_ text: String) throws {
    let key = try SigningKey(id: "k", base64: text)
    let bytes = (0..<32).map { UInt8($0.isMultiple(of: 2) ? 0xfb : 0xff) }
    #expect(key.hmac.isSameKey(as: HMACSHA256(key: bytes)))
  }

  @Test(arguments: [("+", 0xf8), ("-", 0xf8), ("/", 0xfc), ("_", 0xfc)] as [(String, UInt8)])
  func `a secret with one digit of an alphabet is accepted`(_ digit: String, _ first: UInt8) throws
  {
    let key = try SigningKey(id: "k", base64: digit + String(repeating: "A", count: 42))
    let bytes = [first] + [UInt8](repeating: 0, count: 31)
    #expect(key.hmac.isSameKey(as: HMACSHA256(key: bytes)))
  }

  @Test(arguments: [33, 34, 35, 48])
  func `a longer secret is accepted with or without its padding`(_ count: Int) throws {
    let bytes = [UInt8](repeating: 0x5a, count: count)
    let text = Base64URLBytes.text(bytes)
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    for text in [text, text + padding] {
      let key = try SigningKey(id: "k", base64: text)
      #expect(key.hmac.isSameKey(as: HMACSHA256(key: bytes)))
    }
  }

  @Test(arguments: [
    // one text in two alphabets
    ("+__7//v/", 35, ""), ("-//7__v_", 35, ""), ("+_", 43, "A"), ("/", 41, "_A=="),
    ("AA-A", 37, "+A"),
    // unused bits, whitespace, line ends
    ("", 42, "B"), ("", 42, "B="), (" ", 43, ""), ("", 43, " "), ("", 43, "=\n"), ("A A", 41, ""),
    ("A\nA", 41, ""),
    // padding that is too long, too short, in the middle, or all there is
    ("", 43, "=="), ("", 44, "===="), ("", 44, "="), ("AAAA=", 39, ""), ("", 45, "="),
    ("=", 43, ""),
    ("====", 0, ""), ("=", 0, ""), ("A", 0, ""), ("é", 43, ""),
  ])
  func `any other text is not base64`(_ start: String, _ zeros: Int, _ end: String) {
    let text = start + String(repeating: "A", count: zeros) + end
    #expect(throws: KeyError.notBase64(keyID: "k")) { try SigningKey(id: "k", base64: text) }
  }

  @Test(arguments: [
    "k", " ", "2026-11", "a:b,c", "é", "\u{1}", String(repeating: "a", count: 510),
    String(repeating: "\"", count: 255), String(repeating: "\u{1}", count: 85),
    String(repeating: "é", count: 255),
  ])
  func `an ID of at most 512 bytes in JSON is kept as it is`(_ id: String) throws {
    #expect(try SigningKey(id: id, secret: secret).id.utf8.elementsEqual(id.utf8))
  }

  @Test(arguments: [
    "", "\0", "a\0b", String(repeating: "a", count: 511), String(repeating: "\"", count: 256),
    String(repeating: "\"", count: 255) + "a", String(repeating: "\u{1}", count: 86),
    String(repeating: "é", count: 256),
  ])
  func `an ID that is empty, contains U+0000 or is longer is refused`(_ id: String) {
    #expect(throws: KeyError.invalidKeyID) { try SigningKey(id: id, secret: secret) }
    #expect(throws: KeyError.invalidKeyID) { try SigningKey(id: id, base64: "short") }
    #expect(throws: KeyError.invalidKeyID) { try SigningKey.random(id: id) }
    var generator = SeededGenerator(seed: 1)
    let next = generator.next()
    generator = SeededGenerator(seed: 1)
    #expect(throws: KeyError.invalidKeyID) {
      try SigningKey.random(id: id, using: &generator)
    }
    #expect(generator.next() == next, "nothing is drawn for a key that is not created")
  }

  /// A secret in place of the ID, with the characters that were pasted around it.
  @Test(
    arguments: ["", "\"", "key="],
    ["q83vEjRWeJCrze8SNFZ4kA", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83v"])
  func `an ID that could be a secret is not quoted in an error`(_ before: String, _ secret: String)
  {
    let id = before + secret
    #expect(throws: KeyError.secretTooShort(keyID: "", bytes: 7)) {
      try SigningKey(id: id, secret: "2026-11".utf8)
    }
    #expect(throws: KeyError.notBase64(keyID: "")) { try SigningKey(id: id, base64: "2026.11") }
    #expect(throws: KeyError.secretTooShort(keyID: "", bytes: 3)) {
      try SigningKey(id: id, base64: "abcd")
    }
  }

  @Test func `an ID is quoted in an error up to 21 bytes`() {
    for longest in ["2026-11-production-eu", "a\u{e9}6-11-production-eu"] {
      #expect(longest.utf8.count == 21)
      #expect(throws: KeyError.notBase64(keyID: longest)) {
        try SigningKey(id: longest, base64: ".")
      }
      #expect(throws: KeyError.secretTooShort(keyID: longest, bytes: 0)) {
        try SigningKey(id: longest, secret: [])
      }
      #expect(throws: KeyError.notBase64(keyID: "")) {
        try SigningKey(id: longest + "1", base64: ".")
      }
      #expect(throws: KeyError.secretTooShort(keyID: "", bytes: 0)) {
        try SigningKey(id: longest + "1", secret: [])
      }
    }
  }

  @Test func `a random key is the generator's next four words, most significant byte first`()
    throws
  {
    var generator = SeededGenerator(seed: 1)
    let key = try SigningKey.random(id: "k", using: &generator)
    let bytes: [UInt8] = [
      0x91, 0x0a, 0x2d, 0xec, 0x89, 0x02, 0x5c, 0xc1, 0xbe, 0xeb, 0x8d, 0xa1, 0x65, 0x8e, 0xec,
      0x67,
      0xf8, 0x93, 0xa2, 0xee, 0xfb, 0x32, 0x55, 0x5e, 0x71, 0xc1, 0x86, 0x90, 0xee, 0x42, 0xc9,
      0x0b,
    ]
    #expect(key.id == "k")
    #expect(key.hmac.isSameKey(as: HMACSHA256(key: bytes)))
    #expect(try !SigningKey.random(id: "k", using: &generator).hmac.isSameKey(as: key.hmac))
  }

  @Test func `two random keys of the system's generator are different`() throws {
    let (a, b) = try (SigningKey.random(id: "k"), SigningKey.random(id: "k"))
    #expect(!a.hmac.isSameKey(as: b.hmac))
  }
}
