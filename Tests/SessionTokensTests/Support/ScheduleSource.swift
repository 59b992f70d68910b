/// SplitMix64: the randomness of schedules, the same for the same seed.
struct ScheduleSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// True in `percent` of a hundred cases.
  mutating func chance(percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &self) < percent
  }

  /// A whole number of seconds, short ones as likely as long ones of each order of magnitude.
  mutating func seconds(upTo longest: Int64) -> Int64 {
    var bound = longest
    for _ in 0..<Int.random(in: 0...6, using: &self) { bound /= 8 }
    return Int64.random(in: 0...bound, using: &self)
  }

  /// An idempotency key of 22 characters.
  mutating func key() -> String {
    let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    return String((0..<22).compactMap { _ in characters.randomElement(using: &self) })
  }
}
