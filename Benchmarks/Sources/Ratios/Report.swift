// SPDX-License-Identifier: Apache-2.0

/// What was measured, in tables and against the thresholds.
struct Report {
  let times: Measurement
  let allocations: AllocationCounts

  /// Every operation, beside the HMAC of the token's signing input.
  var operations: Table {
    let reference = Thresholds.reference
    var table = Table(
      "Operations (× \(reference): \(times.least(reference).text(0)) ns)",
      columns: ["operation", "min", "median", "allocations"])
    for name in times.names {
      table.rows.append([
        name, times.leastRatio(name, to: reference).text(3),
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
      let (least, median) = values(bar)
      table.rows.append([
        bar.label, least.text(2), median.text(2), bar.bar?.text ?? "–",
        bar.bar.map { $0.holds(least) ? "yes" : "no" } ?? "–", bar.gate.text,
      ])
    }
    return table
  }

  /// Each count of allocations with its bar.
  var allocationBars: Table {
    var table = Table("Allocations", columns: ["operation", "count", "gate", "what they are"])
    for bar in Thresholds.allocations {
      table.rows.append([
        bar.operation, text(allocations[bar.operation]), "≤ \(bar.most.text(0))", bar.reason,
      ])
    }
    return table
  }

  /// The thresholds that were exceeded.
  ///
  /// A ratio fails only when both its figures are beyond the gate by more than the slack.
  var failures: [String] {
    let ratios = Thresholds.ratios.compactMap { bar -> String? in
      let (least, median) = values(bar)
      let slack = Thresholds.slack
      if bar.gate.holds(least, slack: slack) || bar.gate.holds(median, slack: slack) { return nil }
      return "\(bar.label): \(least.text(2)), median \(median.text(2)), gate \(bar.gate.text)"
    }
    let counts = Thresholds.allocations.compactMap { bar -> String? in
      guard let count = allocations[bar.operation], count > bar.most else { return nil }
      return "\(bar.operation): \(text(count)) allocations, gate ≤ \(bar.most.text(0))"
    }
    return ratios + counts
  }

  private var slackText: String { "\(((Thresholds.slack - 1) * 100).text(0)) %" }

  private func values(_ bar: RatioBar) -> (least: Double, median: Double) {
    (
      times.leastRatio(bar.numerator, to: bar.denominator),
      times.medianRatio(bar.numerator, to: bar.denominator)
    )
  }

  private func text(_ count: Double?) -> String {
    guard let count else { return "–" }
    return count.text(count == count.rounded() ? 0 : 2)
  }
}
