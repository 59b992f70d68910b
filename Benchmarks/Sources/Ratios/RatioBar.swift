// SPDX-License-Identifier: Apache-2.0

/// A bar on the ratio between two operations of one run.
struct RatioBar {
  /// The direction of a bound.
  enum Bound {
    case atLeast(Double)
    case atMost(Double)
  }

  /// The name of the ratio in the table.
  let label: String
  let numerator: String
  let denominator: String
  /// The bar, where the project has set one.
  let bar: Bound?
  /// The value that is enforced before slack: the bar, or the value reached if that misses the bar.
  let gate: Bound

  init(
    _ label: String, _ numerator: String, over denominator: String, _ bar: Bound
  ) {
    self.init(label, numerator, over: denominator, bar, gatedAt: bar)
  }

  init(
    _ label: String, _ numerator: String, over denominator: String, _ bar: Bound?,
    gatedAt gate: Bound
  ) {
    self.label = label
    self.numerator = numerator
    self.denominator = denominator
    self.bar = bar
    self.gate = gate
  }
}

extension RatioBar.Bound {
  /// Returns whether a ratio is within the bound, or exceeds it by at most the factor `slack`.
  func holds(_ ratio: Double, slack: Double = 1) -> Bool {
    switch self {
    case .atLeast(let bound): ratio * slack >= bound
    case .atMost(let bound): ratio <= bound * slack
    }
  }

  /// The bound as in a table.
  var text: String {
    switch self {
    case .atLeast(let bound): "≥ \(bound.text(2))"
    case .atMost(let bound): "≤ \(bound.text(2))"
    }
  }
}
