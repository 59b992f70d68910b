// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The JSON reader and writer against half of nst/JSONTestSuite.
///
/// The depth limit of 32 changes no row's expectation: the rows to accept nest two deep at most,
/// and the two rows beyond the limit are rejected anyway, being unclosed.
@Suite struct JSONTestSuiteTests {
  @Test(arguments: try JSONSuiteRow.rows(.accept))
  func `a text to accept parses to its value and survives being written`(
    _ row: JSONSuiteRow
  ) throws {
    #expect(row.bytes.count == row.byteCount)
    let value = try JSONValue(parsing: row.bytes)
    let expected = try VectorJSON(parsing: String(decoding: row.bytes, as: UTF8.self))
    #expect(expected.difference(from: value) == nil)
    #expect(try JSONValue(parsing: value.serialized()) == value)
  }

  @Test(arguments: try JSONSuiteRow.rows(.reject))
  func `a text to reject throws`(_ row: JSONSuiteRow) {
    #expect(row.bytes.count == row.byteCount)
    #expect(throws: JSONError.self) { try JSONValue(parsing: row.bytes) }
  }

  @Test(arguments: try JSONSuiteRow.rows(.either))
  func `a text left open does not trap and, if it parses, survives being written`(
    _ row: JSONSuiteRow
  ) throws {
    guard let value = try? JSONValue(parsing: row.bytes) else { return }
    #expect(try JSONValue(parsing: value.serialized()) == value)
  }

  @Test(arguments: [
    ("i_number_neg_int_huge_exp.json", JSONError.numberOutOfRange),
    ("i_number_real_neg_overflow.json", .numberOutOfRange),
    ("y_object_duplicated_key_and_value.json", .duplicateName),
    ("n_structure_100000_opening_arrays.json", .tooDeep),
    ("n_structure_open_array_object.json", .tooDeep),
  ])
  func `a limit of this reader has its own error`(_ name: String, _ error: JSONError) throws {
    let rows = try VectorTable<JSONSuiteRow>.rows(of: "json_test_suite")
    let row = try #require(rows.first { $0.name == name })
    #expect(throws: error) { try JSONValue(parsing: row.bytes) }
  }

  @Test func `every row is in one of the tests`() throws {
    #expect(try JSONSuiteRow.rows(.accept).count == 46)
    #expect(try JSONSuiteRow.rows(.reject).count == 108)
    #expect(try JSONSuiteRow.rows(.either).count == 5)
  }
}
