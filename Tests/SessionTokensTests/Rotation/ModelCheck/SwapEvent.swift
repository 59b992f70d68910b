// SPDX-License-Identifier: Apache-2.0

/// One successful compare-and-swap.
struct SwapEvent {
  /// The row that was in the store.
  let before: ModelRow
  /// The row that replaces it.
  let after: ModelRow
  /// The presented generation, if the write issues tokens.
  let rotated: Int64?
}
