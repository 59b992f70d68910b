// SPDX-License-Identifier: Apache-2.0

import Workload

/// The worst inputs up to 16 KiB, each compared with linear growth from 4 KiB.
struct WorstCases {
  private let growths: [Growth]

  init(rounds: Int) async throws {
    var growths: [Growth] = []
    for series in try WorstCase.all() {
      growths.append(try await Growth(of: series, rounds: rounds))
    }
    self.growths = growths
  }

  /// The time for each byte at each size, and the excess over linear growth.
  var table: Table {
    let sizes = growths.first?.series.points.map { "ns/byte at \($0.size)" } ?? []
    var table = Table(
      "Worst cases: cost for each byte, and the last over the first (bar: ≤ \(Thresholds.growth.text(2)))",
      columns: ["input"] + sizes + ["min", "median"])
    for growth in growths {
      let perByte = growth.series.points.map { growth.nanosecondsPerByte($0).text(3) }
      let excess = growth.excess
      table.rows.append(
        [growth.series.name] + perByte + [excess.minimum.text(2), excess.median.text(2)])
    }
    return table
  }

  /// The inputs that grow faster than the bar allows.
  var failures: [String] {
    growths.compactMap { growth in
      let excess = min(growth.excess.minimum, growth.excess.median)
      guard excess > Thresholds.growth else { return nil }
      return "\(growth.series.name): \(excess.text(2)) × linear"
    }
  }
}
