// SPDX-License-Identifier: Apache-2.0

import Testing

/// One row of a vector file; a failing parameterized test shows its name.
protocol VectorRow: Decodable, Sendable, CustomTestStringConvertible {
  var name: String { get }
}

extension VectorRow {
  var testDescription: String { name }
}
