// SPDX-License-Identifier: Apache-2.0

/// The expectation of a vector file for a row; `either` where the standards allow both.
enum VectorExpectation: String, Decodable, Sendable {
  case accept, reject, either
}
