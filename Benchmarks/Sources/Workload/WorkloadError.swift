// SPDX-License-Identifier: Apache-2.0

/// Shows that a measurement would measure something else than it says.
package enum WorkloadError: Error {
  /// A fixture could not be made.
  case missing(String)
}

/// The value, which must be there.
package func required<Value>(_ value: Value?, _ what: String) throws(WorkloadError) -> Value {
  guard let value else { throw .missing(what) }
  return value
}
