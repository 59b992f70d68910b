// SPDX-License-Identifier: Apache-2.0

import CAllocationCounter
import Workload

import func Foundation.exit

// Measures everything in one process, interleaved, and prints ratios.
//
//   swift run -c release Ratios              everything, about half a minute
//   swift run -c release Ratios --short      fewer rounds and no growth tables but the worst cases
//   swift run -c release Ratios --markdown   the tables of PERFORMANCE.md
//   swift run -c release --traits Peers Ratios      beside other libraries as well
//   perf record .build/release/Ratios --repeat sign     one operation for five seconds
//
// It exits with 1 when a threshold of `Thresholds.swift` is exceeded.

/// The runner.
@main
enum Ratios {
  static func main() async throws {
    let options = try Options(CommandLine.arguments.dropFirst())
    // Detached: the main actor would make jwt-kit's actor change threads at each call.
    let failures = try await Task.detached { try await run(options) }.value
    guard failures.isEmpty else {
      print("\n" + failures.map { "EXCEEDED: \($0)" }.joined(separator: "\n"))
      exit(1)
    }
    print("\nAll thresholds hold.")
    #if !Peers
      print("Not measured: other libraries. They need the trait Peers.")
    #endif
  }

  private static func run(_ options: Options) async throws -> [String] {
    let style = options.style
    print(Machine.description)
    let operations = try Operation.all()
    if let name = options.repeated {
      for operation in operations where operation.name == name { try await repeated(operation) }
      return []
    }
    let times = try await Measurement(of: operations, rounds: options.rounds)
    let allocations = try await AllocationCounts(of: operations)
    let report = Report(times: times, allocations: allocations)
    print(report.operations.text(style))
    print(report.ratios.text(style))
    print(report.allocationBars.text(style))
    var failures = report.failures
    if !options.isShort {
      for series in try GrowthSeries.all() {
        let growth = try await Growth(of: series, rounds: options.growthRounds)
        print(growth.table.text(style))
      }
    }
    let worst = try await WorstCases(rounds: options.growthRounds)
    print(worst.table.text(style))
    failures += worst.failures
    return failures
  }

  private static func repeated(_ operation: Operation) async throws {
    let end = thread_cpu_nanoseconds() + 5_000_000_000
    while thread_cpu_nanoseconds() < end { try await operation.run(1_000) }
  }
}
