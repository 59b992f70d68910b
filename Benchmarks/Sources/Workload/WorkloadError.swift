// SPDX-License-Identifier: Apache-2.0

/// The reason why a measurement wouldn't measure the operation that it names.
package enum WorkloadError: Error {
  /// A fixture couldn't be created.
  case missing(String)
}

/// Returns the value, or throws if there is none.
package func required<Value>(_ value: Value?, _ what: String) throws(WorkloadError) -> Value {
  guard let value else { throw .missing(what) }
  return value
}
