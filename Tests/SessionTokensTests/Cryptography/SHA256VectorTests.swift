// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// SHA-256 against NIST's CAVP vectors (SHAVS).
@Suite struct SHA256VectorTests {
  @Test(arguments: try VectorTable<SHA256Vector>.rows(of: "sha256_nist"))
  func `every NIST short and long message has its digest`(_ row: SHA256Vector) {
    #expect(row.message.bytes.count * 8 == row.bitCount)
    #expect(sha256(row.message.bytes) == row.digest.bytes)
  }

  @Test func `the NIST Monte Carlo chain passes through its checkpoints`() throws {
    let vector = try VectorFile.load("sha256_nist_monte", as: SHA256MonteCarloVector.self)
    #expect(vector.checkpoints.count == 10)
    var seed = vector.seed.bytes
    for (number, checkpoint) in vector.checkpoints.enumerated() {
      var (a, b, c) = (seed, seed, seed)
      for _ in 0..<1000 { (a, b, c) = (b, c, sha256(a + b + c)) }
      seed = c
      #expect(seed == checkpoint.bytes, "checkpoint \(number)")
    }
  }

  private func sha256(_ message: [UInt8]) -> [UInt8] {
    [UInt8](message.withSpan { SHA256.digest(of: $0) })
  }
}
