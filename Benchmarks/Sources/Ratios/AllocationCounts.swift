// SPDX-License-Identifier: Apache-2.0

import CAllocationCounter
import Workload

/// The number of allocations in one run of each operation.
struct AllocationCounts {
  private let counts: [String: Double]

  init(of operations: [Operation]) async throws {
    var counts: [String: Double] = [:]
    guard allocation_counter_works() else {
      self.counts = [:]
      return
    }
    let repetitions = 100
    for operation in operations {
      try await operation.run(10)
      let once = try await Self.count(operation, 1)
      let often = try await Self.count(operation, 1 + repetitions)
      counts[operation.name] = Double(often - once) / Double(repetitions)
    }
    self.counts = counts
  }

  /// The allocations of one run; `nil` where they cannot be counted.
  subscript(name: String) -> Double? { counts[name] }

  private static func count(_ operation: Operation, _ repetitions: Int) async throws -> Int {
    while true {
      let (thread, start) = (thread_name(), allocation_count())
      try await operation.run(repetitions)
      let end = allocation_count()
      if thread == thread_name() { return Int(end) - Int(start) }
    }
  }
}
