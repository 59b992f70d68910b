// SPDX-License-Identifier: Apache-2.0

/// Welch's test of whether two samples have one mean, in one pass (Welch 1947; Welford 1962).
struct WelchTest {
  private var counts = [0.0, 0.0]
  private var means = [0.0, 0.0]
  private var squares = [0.0, 0.0]

  /// Adds a value to the sample of its class, 0 or 1.
  mutating func add(_ value: Double, to class: Int) {
    counts[`class`] += 1
    let difference = value - means[`class`]
    means[`class`] += difference / counts[`class`]
    squares[`class`] += difference * (value - means[`class`])
  }

  /// The difference of the means in units of its standard error; 0 where it isn't defined.
  var t: Double {
    let errors = [0, 1].map { squares[$0] / (counts[$0] - 1) / counts[$0] }
    let error = (errors[0] + errors[1]).squareRoot()
    return error > 0 ? (means[0] - means[1]) / error : 0
  }

  /// The mean of class 0 less that of class 1.
  var difference: Double { means[0] - means[1] }
}
