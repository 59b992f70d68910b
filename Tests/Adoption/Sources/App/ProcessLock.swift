// SPDX-License-Identifier: Apache-2.0

/// A lock of the processes that share the item, such as an app and its
/// extensions.
protocol ProcessLock: Sendable {
  /// Runs `work` while it holds the lock, or without it when some other process
  /// has kept it for too long.
  @concurrent func hold(_ work: @Sendable (_ isHeld: Bool) async -> Void) async
}
