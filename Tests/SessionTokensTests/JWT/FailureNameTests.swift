// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// What of a claim's name gets into a line of a log.
@Suite struct FailureNameTests {
  private func description(_ claim: String) -> String {
    TokenError.invalidClaims([ClaimFailure(claim: claim, problem: .malformed)]).description
  }

  @Test(arguments: ["exp", "https://claims.example/roles", String(repeating: "a", count: 64)])
  func `a short, printable name is given`(_ name: String) {
    #expect(description(name) == "\(name) is malformed")
  }

  @Test(arguments: [
    "", "perms.SECRET\n", "a b", "naïve", "\u{7f}", String(repeating: "a", count: 65),
  ])
  func `any other name is not given`(_ name: String) {
    #expect(description(name) == "a claim is malformed")
  }
}
