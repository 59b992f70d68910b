// SPDX-License-Identifier: Apache-2.0

/// Marks a value as used, so that the optimizer keeps the work that produced it.
@inline(never)
@_optimize(none)
package func use<Value>(_ value: borrowing Value) {}
