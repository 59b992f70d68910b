// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Keys show their IDs and never a secret, however they are printed.
@Suite struct KeyRedactionTests {
  /// Bytes whose text is unique in every form that is searched for.
  private let secret = (0..<32).map { UInt8(0xa0 + $0) }

  /// The secret and its HMAC states, as a leak would spell them.
  private var leaks: [String] {
    let hexadecimal = secret.map { String($0, radix: 16) }.joined()
    let base64 = "oKGio6SlpqeoqaqrrK2ur7CxsrO0tba3uLm6u7y9vr8"
    let decimal = secret.map { String($0) }.joined(separator: ", ")
    return [
      hexadecimal, hexadecimal.uppercased(), base64, decimal, "SIMD8", "words", "inner", "outer",
      "hmac", "secret",
    ]
  }

  private func expectNoLeak(_ value: some Any, sourceLocation: SourceLocation = #_sourceLocation) {
    for text in Disclosure.texts(of: value) {
      for leak in leaks {
        #expect(!text.contains(leak), "\(text)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func `the base64 that is searched for is the secret's`() {
    #expect(Base64URLBytes.text(secret) == leaks[2])
  }

  @Test func `a key shows its ID`() throws {
    let key = try SigningKey(id: "2026-11", secret: secret)
    expectNoLeak(key)
    #expect(key.description == "SigningKey(id: 2026-11)")
    #expect(key.debugDescription == key.description)
    #expect(Mirror(reflecting: key).children.isEmpty)
    expectNoLeak(try SigningKey(id: "k", base64: leaks[2]))
  }

  @Test func `a ring shows the IDs of its keys`() throws {
    let ring = try KeyRing(
      active: SigningKey(id: "a", secret: secret),
      alsoAccepting: [SigningKey(id: "b", secret: secret)])
    expectNoLeak(ring)
    #expect(ring.description == "KeyRing(a, b)")
    // The secret of a key to retire, in place of its ID.
    let slip = try KeyRing(active: SigningKey(id: "a", secret: secret), retired: [leaks[2]])
    expectNoLeak(slip)
    #expect(slip.description == "KeyRing(a)")
    #expect(ring.debugDescription == ring.description)
    #expect(Mirror(reflecting: ring).children.isEmpty)
  }

  @Test func `an unnamed ring shows nothing`() throws {
    let ring = try KeyRing.unnamed(secret: secret)
    expectNoLeak(ring)
    #expect(ring.description == "KeyRing()")
  }

  @Test func `an HMAC shows its type`() {
    let hmac = HMACSHA256(key: secret)
    expectNoLeak(hmac)
    #expect(hmac.description == "HMACSHA256")
    #expect(hmac.debugDescription == hmac.description)
    #expect(Mirror(reflecting: hmac).children.isEmpty)
  }

  @Test func `no error about a key reveals any of its secret`() throws {
    let text = String(leaks[2].dropLast(3))
    var errors: [KeyError] = []
    for make in [
      { try _ = SigningKey(id: "k", secret: self.secret.prefix(31)) },
      { try _ = SigningKey(id: "k", base64: text) },
      { try _ = SigningKey(id: "k", base64: text + "\n") },
      { try _ = SigningKey(id: "", secret: self.secret) },
      { try _ = KeyRing(parsing: text) },
      { try _ = KeyRing(parsing: "a:\(text),b:\(text)") },
      { try _ = KeyRing(parsing: "a:\(self.leaks[2]),a:\(self.leaks[2])") },
      { try _ = KeyRing(parsing: "a:\(self.leaks[2]),\(text)") },
    ] as [() throws -> Void] {
      errors.append(try #require(throws: KeyError.self) { try make() })
    }
    #expect(errors.count == 8)
    for error in errors {
      let shown = Disclosure.texts(of: error).joined()
      #expect(!shown.contains(text.prefix(8)), "\(shown)")
      #expect(!shown.contains("160, 161"), "\(shown)")
    }
  }
}
