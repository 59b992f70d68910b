// SPDX-License-Identifier: Apache-2.0

/// The change of an expression or a statement.
enum Operator: String, Codable, CaseIterable {
  /// `<` to `<=` and the like: the end of a range moves by one.
  case boundary
  /// `<` to `>` and the like.
  case reversed
  /// `==` to `!=` and back, `!a` to `a`.
  case negated
  /// A condition, or one side of `&&`, that always holds: a check is left out.
  case alwaysTrue
  /// A condition, or one side of `||`, that never holds.
  case alwaysFalse
  /// `&&` to `||` and back.
  case connective
  /// An integer literal, one more or one less.
  case offByOne
  /// `min` to `max` and back.
  case extremum
  /// `+` to `-` and back; of two arrays one is left out.
  case sum
  /// An optional value in a binding, treated as absent.
  case absent
  /// A statement that only has an effect, left out.
  case droppedStatement
}
