// SPDX-License-Identifier: Apache-2.0

// Signs, verifies, rotates and restores with fixed keys, clock and seed, and prints every result.
//
// The same source runs natively and as a WebAssembly module of Embedded Swift; both must print the
// content of `transcript.txt` (`.ci/targets`).

import SessionTokens

/// The program, and the values that all of its parts use.
@main
enum Transcript {
  /// The moment at which everything begins.
  static let start = NumericDate(clamping: 1_800_000_000)

  static func main() {
    printTokens()
    printSessions()
    printRestoration()
  }

  /// Prints one result under its name.
  static func show(_ name: String, _ text: String) {
    print(name + ": " + text)
  }

  /// The value; an error would be a defect of this program.
  static func unfailing<Value, Failure: Error>(_ body: () throws(Failure) -> Value) -> Value {
    do {
      return try body()
    } catch {
      fatalError("an error where there can be none")
    }
  }
}
