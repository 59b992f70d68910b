// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

/// The form of a stored reason.
@Suite struct RevocationReasonTests {
  @Test func `the known reasons have their stored texts`() {
    #expect(RevocationReason.signedOut.rawValue == "signed_out")
    #expect(RevocationReason.reuseDetected.rawValue == "reuse_detected")
    #expect(RevocationReason.credentialsChanged.rawValue == "credentials_changed")
    #expect(RevocationReason.administrator.rawValue == "administrator")
  }

  @Test(arguments: [
    RevocationReason.signedOut, .reuseDetected, .credentialsChanged, .administrator,
  ])
  func `a known reason is read back as itself`(_ reason: RevocationReason) {
    #expect(RevocationReason(rawValue: reason.rawValue) == reason)
  }

  @Test(arguments: [
    "a", "0", "Z", "-", "_", ".", "com.example.fraud-2_B", String(repeating: "x", count: 64),
  ])
  func `a server's own reason of the form is accepted and kept`(_ text: String) throws {
    let reason = try #require(RevocationReason(rawValue: text))
    #expect(reason.rawValue == text)
    let json = try JSONEncoder().encode([reason])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([RevocationReason].self, from: json) == [reason])
  }

  @Test(arguments: [
    "", String(repeating: "x", count: 65), "two words", "a,b", "a\n", "é", "a\0", "a:b", "a/b",
    "a@b", "a[b", "a`b", "a{b",
  ])
  func `any other text is refused`(_ text: String) {
    #expect(RevocationReason(rawValue: text) == nil)
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([RevocationReason].self, from: JSONEncoder().encode([text]))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("not corrupted: \(String(describing: error))")
      return
    }
    #expect(context.debugDescription == "not the text of a RevocationReason")
  }
}
