/// A source of idempotency keys that differ, and of jitter that does not.
///
/// One event draws either a key (two numbers) or a jitter (one), so that the first number can be the
/// jitter of the scenario and the second one of its own for each event: keys differ wherever two
/// real ones would, and the jitter does not multiply the states.
struct ExplorationGenerator: RandomNumberGenerator {
  private var draws: [UInt64]

  /// Draws `jitter` first, then `ordinal` for ever.
  init(jitter: UInt64, ordinal: Int) {
    draws = [UInt64(ordinal), jitter]
  }

  mutating func next() -> UInt64 {
    draws.count > 1 ? draws.removeLast() : draws[0]
  }
}
