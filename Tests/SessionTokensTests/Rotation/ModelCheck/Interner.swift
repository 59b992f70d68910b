// SPDX-License-Identifier: Apache-2.0

/// Gives each distinct value a small number from 1 on; 0 stands for "none".
///
/// States hold numbers in place of tokens, keys and records, so that they are small, compare
/// quickly, and are equal whenever the values behind the numbers are.
struct Interner<Value: Hashable> {
  private var numbers: [Value: Int] = [:]
  private var values: [Value] = []

  /// The number of known values.
  var count: Int { values.count }

  /// Returns the number of a value, a new one for a new value.
  mutating func number(of value: Value) -> Int {
    if let number = numbers[value] { return number }
    values.append(value)
    numbers[value] = values.count
    return values.count
  }

  /// Returns the value of a number that was returned before.
  subscript(number: Int) -> Value { values[number - 1] }
}
