// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A row of `json_test_suite.json`: one file of the suite.
struct JSONSuiteRow: VectorRow {
  let name: String
  let expect: VectorExpectation
  let data: Data
  let byteCount: Int

  var bytes: [UInt8] { [UInt8](data) }

  private enum CodingKeys: String, CodingKey {
    case name, expect
    case data = "bytes_b64"
    case byteCount = "bytes_len"
  }

  static func rows(_ expect: VectorExpectation) throws -> [JSONSuiteRow] {
    try VectorTable<JSONSuiteRow>.rows(of: "json_test_suite").filter { $0.expect == expect }
  }
}
