// SPDX-License-Identifier: Apache-2.0

/// Ends the process where a promise does not hold, so that the fuzzer keeps the input.
///
/// `precondition` says nothing in an optimised build.
@inline(__always)
func require(_ condition: Bool, _ promise: StaticString) {
  if !condition { fatalError("broken promise: \(promise)") }
}

/// The value of a fixture that cannot fail.
func fixture<Value>(_ make: () throws -> Value) -> Value {
  do {
    return try make()
  } catch {
    fatalError("broken fixture: \(error)")
  }
}

/// The value of a fixture that cannot be absent.
func fixture<Value>(_ value: Value?) -> Value {
  guard let value else { fatalError("broken fixture") }
  return value
}
