// SPDX-License-Identifier: Apache-2.0

/// Gives each distinct value a small number from 1 on; 0 stands for "none".
///
/// States hold numbers in place of tokens, keys and records, so that they are small, compare in no
/// time, and are the same whenever what they stand for is.
struct Interner<Value: Hashable> {
  private var numbers: [Value: Int] = [:]
  private var values: [Value] = []

  /// How many values are known.
  var count: Int { values.count }

  /// The number of a value, which is new when the value is.
  mutating func number(of value: Value) -> Int {
    if let number = numbers[value] { return number }
    values.append(value)
    numbers[value] = values.count
    return values.count
  }

  /// The value of a number that was given out.
  subscript(number: Int) -> Value { values[number - 1] }
}
