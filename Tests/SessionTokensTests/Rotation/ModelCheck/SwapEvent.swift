// SPDX-License-Identifier: Apache-2.0

/// One write that compare-and-swap let through.
struct SwapEvent {
  /// The row that was in the store.
  let before: ModelRow
  /// The row that replaces it.
  let after: ModelRow
  /// The presented generation, when the write hands out tokens.
  let rotated: Int64?
}
