// SPDX-License-Identifier: Apache-2.0

/// Makes a value count as used, so that no optimiser drops the work that made it.
@inline(never)
@_optimize(none)
package func use<Value>(_ value: borrowing Value) {}
