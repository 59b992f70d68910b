// SPDX-License-Identifier: Apache-2.0

/// A vector file that is not what the tests expect of it: never a fault of the library.
struct VectorError: Error {
  let reason: String
}
