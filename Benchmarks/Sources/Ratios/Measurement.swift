// SPDX-License-Identifier: Apache-2.0

import CAllocationCounter
import Workload

// Shape: in each round every operation runs one batch of about a fifth of a millisecond, so that
// a disturbance of the machine affects all of them alike. Time is the CPU time of the thread. A
// ratio is given twice: between the minimum times of both, and as the median of the rounds' own
// ratios.

/// The times of operations that were measured side by side.
struct Measurement {
  /// The intended time of a batch, in nanoseconds.
  private static let batchNanoseconds = 200_000.0

  /// The nanoseconds of one run of each operation, by round.
  private let samples: [String: [Double]]

  /// The operations in the order in which they ran.
  let names: [String]

  init(of operations: [Operation], rounds: Int) async throws {
    var counts: [Int] = []
    for operation in operations { counts.append(try await Self.calibrate(operation)) }
    var samples: [String: [Double]] = [:]
    for _ in 0..<rounds {
      for (operation, count) in zip(operations, counts) {
        let time = try await Self.time(operation, count: count)
        samples[operation.name, default: []].append(time / Double(count))
      }
    }
    self.samples = samples
    names = operations.map(\.name)
  }

  /// Returns the minimum time of one run, in nanoseconds.
  func minimum(_ name: String) -> Double {
    samples[name]?.min() ?? .nan
  }

  /// Returns the ratio between the minimum times of two operations.
  func minimumRatio(_ numerator: String, to denominator: String) -> Double {
    minimum(numerator) / minimum(denominator)
  }

  /// Returns the median of the ratios of two operations within each round.
  func medianRatio(_ numerator: String, to denominator: String) -> Double {
    let pairs = zip(samples[numerator] ?? [], samples[denominator] ?? [])
    let ratios = pairs.map { $0 / $1 }.sorted()
    return ratios.isEmpty ? .nan : ratios[ratios.count / 2]
  }

  private static func calibrate(_ operation: Operation) async throws -> Int {
    var count = 1
    _ = try await time(operation, count: 20)
    while count < 1_000_000, try await time(operation, count: count) < batchNanoseconds / 2 {
      count *= 2
    }
    return count
  }

  /// Returns the CPU time of a batch, which is repeated if it ended on another thread.
  private static func time(_ operation: Operation, count: Int) async throws -> Double {
    while true {
      let (thread, start) = (thread_name(), thread_cpu_nanoseconds())
      try await operation.run(count)
      let end = thread_cpu_nanoseconds()
      if thread == thread_name() { return Double(end - start) }
    }
  }
}
