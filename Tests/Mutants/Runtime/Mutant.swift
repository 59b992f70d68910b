// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The active mutant of the instrumented sources: the one whose number is in the environment
/// variable `MUTANT`, or none.
///
/// Default arguments of public functions refer to it, although it isn't a public type.
@usableFromInline enum Mutant {
  private static let active = unsafe getenv("MUTANT").flatMap { Int(String(cString: $0)) } ?? 0

  /// One byte for each mutant, set once its place is reached: the file that `MUTANT_TRACE` names.
  nonisolated(unsafe) private static let trace = unsafe mapTrace()

  private static let traceByteCount = 1 << 16

  private static func mapTrace() -> UnsafeMutablePointer<UInt8>? {
    guard let path = unsafe getenv("MUTANT_TRACE") else { return nil }
    let file = unsafe open(path, O_RDWR | O_CREAT, 0o600)
    guard file >= 0, ftruncate(file, traceByteCount) == 0 else { return nil }
    let map = unsafe mmap(nil, traceByteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
    return unsafe map?.assumingMemoryBound(to: UInt8.self)
  }

  /// True when the mutant is on.
  @inline(never)
  @usableFromInline
  static func isOn(_ number: Int) -> Bool {
    unsafe trace?[number] = 1
    return active == number
  }

  /// A check, or another one in its place.
  @usableFromInline
  static func either(
    _ number: Int, _ mutated: @autoclosure () throws -> Bool,
    _ original: @autoclosure () throws -> Bool
  ) rethrows -> Bool {
    isOn(number) ? try mutated() : try original()
  }

  /// A Boolean value, or its opposite.
  @usableFromInline
  static func negated(_ number: Int, _ value: Bool) -> Bool {
    isOn(number) != value
  }

  /// A Boolean value, or `forced` whatever it is.
  @usableFromInline
  static func forced(_ number: Int, _ forced: Bool, _ value: Bool) -> Bool {
    isOn(number) ? forced : value
  }

  /// `a && b`; mutated `a || b`.
  @usableFromInline
  static func and(
    _ number: Int, _ a: Bool, _ b: @autoclosure () throws -> Bool
  ) rethrows -> Bool {
    isOn(number) ? try a || b() : try a && b()
  }

  /// `a || b`; mutated `a && b`.
  @usableFromInline
  static func or(
    _ number: Int, _ a: Bool, _ b: @autoclosure () throws -> Bool
  ) rethrows -> Bool {
    isOn(number) ? try a && b() : try a || b()
  }

  /// A number, or one more.
  @usableFromInline
  static func more<Value: Numeric>(_ number: Int, _ value: Value) -> Value {
    isOn(number) ? value + 1 : value
  }

  /// A number, or one less.
  @usableFromInline
  static func less<Value: Numeric>(_ number: Int, _ value: Value) -> Value {
    isOn(number) ? value - 1 : value
  }

  /// The lesser of two; mutated the greater.
  @usableFromInline
  static func min<Value: Comparable>(_ number: Int, _ a: Value, _ b: Value) -> Value {
    isOn(number) == (a < b) ? b : a
  }

  /// The greater of two; mutated the lesser.
  @usableFromInline
  static func max<Value: Comparable>(_ number: Int, _ a: Value, _ b: Value) -> Value {
    isOn(number) == (a < b) ? a : b
  }

  /// An optional value, or `nil`.
  @usableFromInline
  static func absent<Value>(_ number: Int, _ value: Value?) -> Value? {
    isOn(number) ? nil : value
  }

  /// `a + b`; mutated `a - b`.
  @usableFromInline
  static func plus<Value: AdditiveArithmetic>(
    _ number: Int, _ a: Value, _ b: Value
  ) -> Value {
    isOn(number) ? a - b : a + b
  }

  /// `a - b`; mutated `a + b`.
  @usableFromInline
  static func minus<Value: AdditiveArithmetic>(
    _ number: Int, _ a: Value, _ b: Value
  ) -> Value {
    isOn(number) ? a + b : a - b
  }

  /// `a &+ b`; mutated `a &- b`.
  @usableFromInline
  static func plusWrapping<Value: FixedWidthInteger>(
    _ number: Int, _ a: Value, _ b: Value
  ) -> Value {
    isOn(number) ? a &- b : a &+ b
  }

  /// `a &- b`; mutated `a &+ b`.
  @usableFromInline
  static func minusWrapping<Value: FixedWidthInteger>(
    _ number: Int, _ a: Value, _ b: Value
  ) -> Value {
    isOn(number) ? a &+ b : a &- b
  }

  /// `a + b`; mutated `a - b`.
  @usableFromInline
  static func plus(_ number: Int, _ a: NumericDate, _ b: Duration) -> NumericDate {
    isOn(number) ? a - b : a + b
  }

  /// `a - b`; mutated `a + b`.
  @usableFromInline
  static func minus(_ number: Int, _ a: NumericDate, _ b: Duration) -> NumericDate {
    isOn(number) ? a + b : a - b
  }

  /// `a - b`; mutated `b - a`, since two moments have no sum.
  @usableFromInline
  static func minus(_ number: Int, _ a: NumericDate, _ b: NumericDate) -> Duration {
    isOn(number) ? b - a : a - b
  }
}
