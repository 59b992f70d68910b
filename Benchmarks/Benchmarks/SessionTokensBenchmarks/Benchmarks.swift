import Benchmark
import Workload

// The operations of `Workload` under ordo-one's benchmark package:
//
//   swift package benchmark
//
// For histograms, baselines and their comparison over time. Its counts of allocations read 0 here;
// ratios and allocations are the business of `Ratios`.

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.cpuTotal, .wallClock, .throughput], scalingFactor: .kilo,
    maxDuration: .milliseconds(300))
  let operations: [Workload.Operation]
  do {
    operations = try Operation.all()
  } catch {
    fatalError("the fixtures: \(error)")
  }
  for operation in operations {
    Benchmark(operation.name) { benchmark async throws in
      try await operation.run(benchmark.scaledIterations.count)
    }
  }
}
