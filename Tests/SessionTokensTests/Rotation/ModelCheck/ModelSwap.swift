// SPDX-License-Identifier: Apache-2.0

/// The outcome of a write.
struct ModelSwap {
  /// The number of the row that is in the store now; `nil` when the swap was lost.
  let row: Int?
  let broken: Promise?
}
