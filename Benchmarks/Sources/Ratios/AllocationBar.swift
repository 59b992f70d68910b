// SPDX-License-Identifier: Apache-2.0

/// A bar on the allocations of one operation: exact, since allocations have no noise.
struct AllocationBar {
  let operation: String
  /// The maximum number of allocations.
  let maximum: Double
  /// The values that are allocated.
  let reason: String

  init(_ operation: String, _ maximum: Double, _ reason: String) {
    self.operation = operation
    self.maximum = maximum
    self.reason = reason
  }
}
