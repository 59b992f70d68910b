// SPDX-License-Identifier: Apache-2.0

/// A vector file that isn't as the tests expect: never a fault of the library.
struct VectorError: Error {
  let reason: String
}
