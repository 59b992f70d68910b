// SPDX-License-Identifier: Apache-2.0

/// A bar on the allocations of one operation: exact, since allocations have no noise.
struct AllocationBar {
  let operation: String
  /// The most it may make.
  let most: Double
  /// What they are.
  let reason: String

  init(_ operation: String, _ most: Double, _ reason: String) {
    self.operation = operation
    self.most = most
    self.reason = reason
  }
}
