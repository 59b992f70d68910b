// SPDX-License-Identifier: Apache-2.0

/// The times of one subject in two classes, measured in random order.
struct TimingSamples {
  /// The nanoseconds of each run, and its class.
  private var times: [Double] = []
  private var classes: [Int] = []

  /// Runs the subject `count` times; a coin decides the class of each.
  ///
  /// The input of a run is copied whole into the one buffer that the subject reads, so that neither
  /// address nor alignment tells the classes apart.
  init(of subject: Subject, count: Int, using generator: inout SplitMix64) {
    times.reserveCapacity(count)
    classes.reserveCapacity(count)
    var buffer = subject.inputs[0]
    let clock = ContinuousClock()
    for run in -(count / 10)..<count {
      let chosen = Int(generator.next() & 1)
      for index in buffer.indices { buffer[index] = subject.inputs[chosen][index] }
      let (prepared, start) = (subject.prepare(buffer), clock.now)
      let accepted = subject.run(prepared)
      let time = start.duration(to: clock.now)
      precondition(!accepted, "a wrong code was accepted")
      guard run >= 0 else { continue }
      times.append(Double(time.components.attoseconds) / 1e9)
      classes.append(chosen)
    }
  }

  /// The test on the runs that took no longer than the given part of all runs did.
  ///
  /// Interrupted runs form a long tail, in which a small difference is lost (Reparaz, Balasch and
  /// Verbauwhede 2017, "Dude, is my code constant time?", §3.2).
  func test(upTo part: Double) -> WelchTest {
    let sorted = times.sorted()
    let limit = sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))]
    var test = WelchTest()
    for (time, chosen) in zip(times, classes) where time <= limit { test.add(time, to: chosen) }
    return test
  }
}
