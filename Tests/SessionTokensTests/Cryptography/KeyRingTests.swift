// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Rings: one key signs, all verify, and key IDs compare by bytes.
@Suite struct KeyRingTests {
  private let zeros = String(repeating: "A", count: 43)
  private let ones = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

  private func key(_ id: String, _ byte: UInt8 = 0) throws -> SigningKey {
    try SigningKey(id: id, secret: [UInt8](repeating: byte, count: 32))
  }

  @Test func `the active key comes first and every key is found by its ID`() throws {
    let ring = try KeyRing(
      active: key("new", 1), alsoAccepting: [key("old", 2), key("older", 3)])
    #expect(ring.active.id == "new")
    #expect(ring.keyIDs == ["new", "old", "older"])
    for (id, byte) in [("new", 1), ("old", 2), ("older", 3)] as [(String, UInt8)] {
      let found = try #require(ring.key(for: id))
      #expect(found.id == id)
      #expect(try found.hmac.isSameKey(as: key(id, byte).hmac))
    }
  }

  @Test func `an unknown or absent ID finds no key`() throws {
    let ring = try KeyRing(active: key("a"), alsoAccepting: [key("b")])
    for id in [nil, "", "A", "a ", "ab", "c"] as [String?] {
      #expect(ring.key(for: id) == nil)
    }
  }

  @Test func `two keys with one ID are refused, wherever they appear`() throws {
    for ids in [["a", "a"], ["a", "b", "a"], ["b", "a", "a"], ["a", "b", "c", "b"]] {
      let keys = try ids.enumerated().map { try key($1, UInt8($0)) }
      let twice = ids.last ?? ""
      #expect(throws: KeyError.duplicateKeyID(twice)) {
        try KeyRing(active: keys[0], alsoAccepting: Array(keys.dropFirst()))
      }
    }
  }

  @Test func `a retired ID is known but verifies nothing`() throws {
    let ring = try KeyRing(
      active: key("new"), alsoAccepting: [key("old")], retired: ["older", "e\u{301}"])
    #expect(ring.keyIDs == ["new", "old"])
    #expect(ring.retiredKeyIDs == ["older", "e\u{301}"])
    #expect(ring.keys.count == 2)
    for id in ["older", "e\u{301}"] {
      #expect(ring.isRetired(id))
      #expect(ring.key(for: id) == nil)
    }
    for id in ["new", "old", "", "Older", "older ", "\u{e9}", "oldest"] {
      #expect(!ring.isRetired(id))
    }
    #expect(try KeyRing(active: key("a")).retiredKeyIDs.isEmpty)
    #expect(try KeyRing.unnamed(secret: [UInt8](repeating: 1, count: 32)).retiredKeyIDs.isEmpty)
  }

  @Test func `an ID that is listed twice, live or retired, is refused`() throws {
    let rows: [(others: [String], retired: [String], twice: String)] = [
      ([], ["a"], "a"), (["b"], ["c", "b"], "b"), (["b"], ["c", "c"], "c"),
      (["b"], ["c", "d", "c", "d"], "c"), (["a"], ["a"], "a"),
    ]
    for (others, retired, twice) in rows {
      #expect(throws: KeyError.duplicateKeyID(twice)) {
        try KeyRing(active: key("a"), alsoAccepting: others.map { try key($0) }, retired: retired)
      }
    }
    _ = try KeyRing(active: key("\u{e9}"), retired: ["e\u{301}"])
  }

  @Test(arguments: [
    "", "\0", "a\0b", String(repeating: "a", count: 511), String(repeating: "\"", count: 256),
  ])
  func `a retired ID that no key can have is refused`(_ id: String) throws {
    #expect(throws: KeyError.invalidKeyID) { try KeyRing(active: key("a"), retired: [id]) }
    #expect(throws: KeyError.invalidKeyID) { try KeyRing(active: key("a"), retired: ["b", id]) }
    _ = try KeyRing(active: key("a"), retired: [String(repeating: "a", count: 510), " ", "a:b"])
  }

  @Test func `an unnamed key is refused in a ring of keys with IDs`() throws {
    let unnamed = try KeyRing.unnamed(secret: [UInt8](repeating: 1, count: 32)).active
    #expect(throws: KeyError.invalidKeyID) { try KeyRing(active: unnamed) }
    #expect(throws: KeyError.invalidKeyID) {
      try KeyRing(active: key("a"), alsoAccepting: [unnamed])
    }
  }

  @Test func `the first wrong ID determines the error`() throws {
    #expect(throws: KeyError.duplicateKeyID("a")) {
      try KeyRing(active: key("a"), alsoAccepting: [key("a")], retired: [""])
    }
    #expect(throws: KeyError.invalidKeyID) {
      try KeyRing(active: key("a"), alsoAccepting: [key("b")], retired: ["", "b"])
    }
  }

  @Test func `canonically equivalent IDs are distinct`() throws {
    let ring = try KeyRing(active: key("\u{e9}", 1), alsoAccepting: [key("e\u{301}", 2)])
    #expect(try ring.key(for: "\u{e9}")?.hmac.isSameKey(as: key("k", 1).hmac) == true)
    #expect(try ring.key(for: "e\u{301}")?.hmac.isSameKey(as: key("k", 2).hmac) == true)
    #expect(try KeyRing(active: key("\u{e9}")).key(for: "e\u{301}") == nil)
    let other = try KeyRing(active: key("a"), alsoAccepting: [key("e\u{301}")])
    #expect(other.key(for: "\u{e9}") == nil)
    #expect(other.key(for: "e\u{301}") != nil)
  }

  @Test func `the text of a ring lists the keys in their order`() throws {
    let ring = try KeyRing(parsing: "2026-11:\(ones),2026-08:\(zeros)")
    #expect(ring.keyIDs == ["2026-11", "2026-08"])
    #expect(ring.active.id == "2026-11")
    #expect(try ring.active.hmac.isSameKey(as: key("k", 1).hmac))
    #expect(try ring.key(for: "2026-08")?.hmac.isSameKey(as: key("k", 0).hmac) == true)
    #expect(try KeyRing(parsing: "é !:\(zeros)").keyIDs == ["é !"])
    #expect(try KeyRing(parsing: "retired:\(zeros)").keyIDs == ["retired"])
  }

  @Test func `the text of a ring lists retired keys anywhere but first`() throws {
    let ring = try KeyRing(parsing: "n:\(ones),r:retired,o:\(zeros),é !:retired,retired:retired")
    #expect(ring.active.id == "n")
    #expect(ring.keyIDs == ["n", "o"])
    #expect(ring.retiredKeyIDs == ["r", "é !", "retired"])
  }

  @Test func `a text that isn't a list of IDs and secrets is refused`() {
    let short = String(repeating: "A", count: 40)
    let rows: [(String, KeyError)] = [
      ("", .malformedKeyRing), (",", .malformedKeyRing), (zeros, .malformedKeyRing),
      ("a:\(zeros),", .malformedKeyRing), (",a:\(zeros)", .malformedKeyRing),
      ("a:\(zeros),,b:\(ones)", .malformedKeyRing),
      ("a:\(zeros);b:\(ones)", .notBase64(keyID: "a")),
      ("a:\(zeros), b", .malformedKeyRing), (":\(zeros)", .invalidKeyID), (":", .invalidKeyID),
      ("a:\(zeros), b:\(ones)", .malformedKeyRing), (" a:\(zeros)", .malformedKeyRing),
      ("a :\(zeros)", .malformedKeyRing), ("a:\(zeros),\nb:\(ones)", .malformedKeyRing),
      ("\t:\(zeros)", .malformedKeyRing), ("a\r\n:\(zeros)", .malformedKeyRing),
      ("a:", .secretTooShort(keyID: "a", bytes: 0)),
      ("a:\(short)", .secretTooShort(keyID: "a", bytes: 30)),
      ("a:b:\(zeros)", .notBase64(keyID: "a")), ("a:\(zeros)\n", .notBase64(keyID: "a")),
      ("a: \(zeros)", .notBase64(keyID: "a")), ("a:\(zeros) ,b:\(ones)", .notBase64(keyID: "a")),
      ("a:\(zeros),a:\(ones)", .duplicateKeyID("a")),
      ("a:\(zeros),b:\(ones),b:\(ones)", .duplicateKeyID("b")),
      ("a:retired", .malformedKeyRing), ("a:retired,b:\(zeros)", .malformedKeyRing),
      (":retired", .malformedKeyRing), ("a:\(zeros),:retired", .invalidKeyID),
      ("a:\(zeros), b:retired", .malformedKeyRing), ("a:\(zeros),b :retired", .malformedKeyRing),
      ("a:\(zeros),b:retired ", .notBase64(keyID: "b")),
      ("a:\(zeros),b: retired", .notBase64(keyID: "b")),
      ("a:\(zeros),b:Retired", .notBase64(keyID: "b")),
      ("a:\(zeros),b:retired=", .notBase64(keyID: "b")),
      ("a:\(zeros),b:retired\n", .notBase64(keyID: "b")),
      ("a:\(zeros),retired", .malformedKeyRing),
      ("a:\(zeros),a:retired", .duplicateKeyID("a")),
      ("a:\(zeros),b:retired,b:\(ones)", .duplicateKeyID("b")),
      ("a:\(zeros),b:retired,b:retired", .duplicateKeyID("b")),
    ]
    for (text, error) in rows {
      #expect(throws: error) { try KeyRing(parsing: text) }
    }
  }

  @Test func `an ID with an invisible character at either end is refused in a text`() throws {
    // Beyond U+FFFF there is no whitespace and no control character.
    let scalars = (0...0xffff as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }
    let isRefused = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar == "\u{feff}"
    }
    for scalar in scalars.filter(isRefused) {
      for id in ["\(scalar)a", "a\(scalar)", "\(scalar)"] {
        for text in ["\(id):\(zeros)", "b:\(ones),\(id):\(zeros)", "b:\(ones),\(id):retired"] {
          #expect(throws: KeyError.malformedKeyRing, "\(scalar.value)") {
            try KeyRing(parsing: text)
          }
        }
      }
      // No ID contains U+0000.
      if scalar != "\0" {
        #expect(try KeyRing(parsing: "a\(scalar)b:\(zeros)").keyIDs == ["a\(scalar)b"])
      }
    }
    for scalar in scalars where scalar.value < 0x3100 && !isRefused(scalar) {
      guard scalar != ",", scalar != ":" else { continue }
      let id = "\(scalar)a\(scalar)"
      guard try KeyRing(parsing: "\(id):\(zeros)").keyIDs.first?.utf8.elementsEqual(id.utf8) == true
      else {
        Issue.record("U+\(String(scalar.value, radix: 16)) is refused")
        return
      }
    }
  }

  @Test func `an unnamed key is found by any ID and without one`() throws {
    let ring = try KeyRing.unnamed(secret: [UInt8](repeating: 1, count: 32))
    #expect(ring.isUnnamed)
    #expect(ring.keyIDs.isEmpty)
    #expect(ring.active.id.isEmpty)
    for id in [nil, "", "a"] as [String?] {
      #expect(try ring.key(for: id)?.hmac.isSameKey(as: key("k", 1).hmac) == true)
    }
    #expect(throws: KeyError.secretTooShort(keyID: "", bytes: 31)) {
      try KeyRing.unnamed(secret: [UInt8](repeating: 1, count: 31))
    }
  }

  @Test func `a ring of keys with IDs isn't unnamed`() throws {
    #expect(try !KeyRing(active: key("a")).isUnnamed)
  }

  @Test(arguments: ["", "\"", "'", " ", "key="], ["", "=", "\"", " "])
  func `an ID that could be a secret is not quoted in an error`(
    _ before: String, _ after: String
  ) {
    let secret = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="
    #expect(throws: KeyError.malformedKeyRing) {
      try KeyRing(parsing: "\(before)\(secret)\(after):2026-11")
    }
  }

  @Test func `an ID is quoted in an error up to 21 bytes`() {
    let longest = "2026-11-production-eu"
    #expect(throws: KeyError.notBase64(keyID: longest)) {
      try KeyRing(parsing: "\(longest):no base64")
    }
    #expect(throws: KeyError.malformedKeyRing) { try KeyRing(parsing: "\(longest)1:no base64") }
    for kind in [zeros, "retired"] {
      #expect(throws: KeyError.duplicateKeyID(longest)) {
        try KeyRing(parsing: "\(longest):\(ones),\(longest):\(kind)")
      }
      #expect(throws: KeyError.duplicateKeyID("")) {
        try KeyRing(parsing: "\(longest)1:\(ones),\(longest)1:\(kind)")
      }
    }
  }
}
