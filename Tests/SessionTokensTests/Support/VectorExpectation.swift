// SPDX-License-Identifier: Apache-2.0

/// What a vector file says of a row; `either` where the standards allow both.
enum VectorExpectation: String, Decodable, Sendable {
  case accept, reject, either
}
