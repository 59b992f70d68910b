// SPDX-License-Identifier: Apache-2.0

/// The measurements as tables, and the thresholds that they exceed.
struct Report {
  let times: Measurement
  let allocations: AllocationCounts

  /// Every operation, beside the HMAC of the token's signing input.
  var operations: Table {
    let reference = Thresholds.reference
    var table = Table(
      "Operations (× \(reference): \(times.minimum(reference).text(0)) ns)",
      columns: ["operation", "min", "median", "allocations"])
    for name in times.names {
      table.rows.append([
        name, times.minimumRatio(name, to: reference).text(3),
        times.medianRatio(name, to: reference).text(3), text(allocations[name]),
      ])
    }
    return table
  }

  /// Each ratio with its bar.
  var ratios: Table {
    var table = Table(
      "Ratios", columns: ["ratio", "min", "median", "bar", "holds", "gate (slack \(slackText))"])
    for bar in Thresholds.ratios {
      let (minimum, median) = values(bar)
      table.rows.append([
        bar.label, minimum.text(2), median.text(2), bar.bar?.text ?? "–",
        bar.bar.map { $0.holds(minimum) ? "yes" : "no" } ?? "–", bar.gate.text,
      ])
    }
    return table
  }

  /// Each count of allocations with its bar.
  var allocationBars: Table {
    var table = Table("Allocations", columns: ["operation", "count", "gate", "allocated values"])
    for bar in Thresholds.allocations {
      table.rows.append([
        bar.operation, text(allocations[bar.operation]), "≤ \(bar.maximum.text(0))", bar.reason,
      ])
    }
    return table
  }

  /// The thresholds that were exceeded.
  ///
  /// A ratio fails only when both its figures are beyond the gate by more than the slack.
  var failures: [String] {
    let ratios = Thresholds.ratios.compactMap { bar -> String? in
      let (minimum, median) = values(bar)
      let slack = Thresholds.slack
      if bar.gate.holds(minimum, slack: slack) || bar.gate.holds(median, slack: slack) {
        return nil
      }
      return "\(bar.label): \(minimum.text(2)), median \(median.text(2)), gate \(bar.gate.text)"
    }
    let counts = Thresholds.allocations.compactMap { bar -> String? in
      guard let count = allocations[bar.operation], count > bar.maximum else { return nil }
      return "\(bar.operation): \(text(count)) allocations, gate ≤ \(bar.maximum.text(0))"
    }
    return ratios + counts
  }

  private var slackText: String { "\(((Thresholds.slack - 1) * 100).text(0)) %" }

  private func values(_ bar: RatioBar) -> (minimum: Double, median: Double) {
    (
      times.minimumRatio(bar.numerator, to: bar.denominator),
      times.medianRatio(bar.numerator, to: bar.denominator)
    )
  }

  private func text(_ count: Double?) -> String {
    guard let count else { return "–" }
    return count.text(count == count.rounded() ? 0 : 2)
  }
}
