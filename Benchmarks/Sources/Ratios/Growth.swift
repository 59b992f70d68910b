// SPDX-License-Identifier: Apache-2.0

import Workload

/// The measured growth of one series.
struct Growth {
  let series: GrowthSeries
  private let times: Measurement

  init(of series: GrowthSeries, rounds: Int) async throws {
    self.series = series
    times = try await Measurement(of: series.points.map(\.operation), rounds: rounds)
  }

  /// Time, and time for each byte and for each further unit, as multiples of the first point's.
  var table: Table {
    var table = Table(
      "Growth: \(series.name)",
      columns: [series.unit, "token bytes", "ns", "× the first", "ns/byte", "ns per further unit"])
    var previous: (size: Int, time: Double)?
    for point in series.points {
      let time = times.minimum(point.operation.name)
      let step = previous.map { (time - $0.time) / Double(point.size - $0.size) }
      table.rows.append([
        "\(point.size)", "\(point.byteCount)", time.text(0),
        ratio(of: point, to: series.points[0]).text(2),
        (time / Double(point.byteCount)).text(2), step?.text(2) ?? "–",
      ])
      previous = (point.size, time)
    }
    return table
  }

  /// The cost of a byte at the last point, over that at the first: 1 is linear.
  var excess: (minimum: Double, median: Double) {
    guard let first = series.points.first, let last = series.points.last else { return (1, 1) }
    let bytes = Double(last.byteCount) / Double(first.byteCount)
    let (a, b) = (last.operation.name, first.operation.name)
    return (times.minimumRatio(a, to: b) / bytes, times.medianRatio(a, to: b) / bytes)
  }

  /// The cost of a byte at a point, in nanoseconds.
  func nanosecondsPerByte(_ point: GrowthSeries.Point) -> Double {
    times.minimum(point.operation.name) / Double(point.byteCount)
  }

  private func ratio(of point: GrowthSeries.Point, to base: GrowthSeries.Point) -> Double {
    times.minimumRatio(point.operation.name, to: base.operation.name)
  }
}
