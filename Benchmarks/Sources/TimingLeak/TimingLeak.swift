// SPDX-License-Identifier: Apache-2.0

/// Looks for a difference in time between codes with a wrong first byte and a wrong last byte.
///
/// It reports and judges nothing, since a shared machine adds differences of its own. A |t| beyond
/// 4.5 counts as a leak, and beyond 10 as an obvious one. `TimingLeak [SAMPLES]`, a million by
/// default.
@main
enum TimingLeak {
  private static let parts = [0.25, 0.5, 0.75, 0.9, 0.99, 1]

  static func main() throws {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
    precondition(count >= 1_000, "at least 1000 samples")
    var generator = SplitMix64(seed: 1)
    print("\(count) samples of each; for the fastest 25, 50, 75, 90, 99 and 100 % of them:")
    print("t of Welch's test, and the difference of the means in ns (first byte less last)")
    for subject in try Subject.all() {
      let samples = TimingSamples(of: subject, count: count, using: &generator)
      let tests = parts.map { samples.test(upTo: $0) }
      let largest = tests.map { abs($0.t) }.max() ?? 0
      print("\n\(subject.name): largest |t| \(rounded(largest))")
      print("  t  " + tests.map { rounded($0.t) }.joined(separator: "  "))
      print("  ns " + tests.map { rounded($0.difference) }.joined(separator: "  "))
    }
  }

  private static func rounded(_ value: Double) -> String {
    "\((value * 100).rounded() / 100)"
  }
}
