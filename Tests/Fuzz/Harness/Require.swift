// SPDX-License-Identifier: Apache-2.0

/// Ends the process if a promise is broken, so that the fuzzer keeps the input.
///
/// `precondition` prints nothing in an optimized build.
@inline(__always)
func require(_ condition: Bool, _ promise: StaticString) {
  if !condition { fatalError("broken promise: \(promise)") }
}

/// The value of a fixture that can't fail.
func fixture<Value>(_ make: () throws -> Value) -> Value {
  do {
    return try make()
  } catch {
    fatalError("broken fixture: \(error)")
  }
}

/// The value of a fixture that can't be absent.
func fixture<Value>(_ value: Value?) -> Value {
  guard let value else { fatalError("broken fixture") }
  return value
}
