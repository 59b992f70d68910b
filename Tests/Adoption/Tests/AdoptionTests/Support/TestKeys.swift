// SPDX-License-Identifier: Apache-2.0

/// Rings of both roles in the form of an environment variable, new for each test.
struct TestKeys: Sendable {
  let access = ring("access-2026-11")
  let refresh = ring("refresh-2026-11")

  private static func ring(_ keyID: String) -> String {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    // The last digit of 32 bytes has two bits that are zero.
    return "\(keyID):\(String((0..<42).compactMap { _ in digits.randomElement() }))A"
  }
}
