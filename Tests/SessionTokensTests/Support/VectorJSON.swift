// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A JSON value as written in a vector file: members in order, strings exact, numbers as literals.
///
/// The reference for ``JSONValue``, and therefore read by its own reader, ``VectorJSONReader``.
enum VectorJSON: Sendable, CustomTestStringConvertible {
  case null, bool(Bool), number(String), string(String)
  case array([VectorJSON]), object([(name: String, value: VectorJSON)])

  init(parsing text: String) throws {
    var reader = VectorJSONReader(text)
    self = try reader.readText()
  }

  var testDescription: String { "JSON" }

  var array: [VectorJSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var double: Double? {
    if case .number(let literal) = self { Double(literal) } else { nil }
  }

  var members: [(name: String, value: VectorJSON)]? {
    if case .object(let members) = self { members } else { nil }
  }

  subscript(name: String) -> VectorJSON? {
    members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The path to the first place where `value` differs; `nil` if it is the same.
  func difference(from value: JSONValue, path: String = "$") -> String? {
    switch (self, value) {
    case (.null, .null): nil
    case (.bool(let expected), .bool(let actual)): expected == actual ? nil : path
    case (.number(let literal), _): Self.isNumber(literal, value) ? nil : "\(path): \(value)"
    case (.string(let expected), .string(let actual)):
      expected.utf8.elementsEqual(actual.utf8) ? nil : path
    case (.array(let expected), .array(let actual)):
      Self.difference(
        expected.enumerated().map { (String($0), $1) },
        actual.enumerated().map { (String($0), $1) },
        path: path)
    case (.object(let expected), .object(let actual)):
      Self.difference(expected.map { ($0, $1) }, actual.map { ($0.name, $0.value) }, path: path)
    default: "\(path): \(value)"
    }
  }

  private static func difference(
    _ expected: [(String, VectorJSON)], _ actual: [(String, JSONValue)], path: String
  ) -> String? {
    guard expected.count == actual.count else { return "\(path): \(actual.count) members" }
    for ((name, expected), (actualName, actual)) in zip(expected, actual) {
      guard name.utf8.elementsEqual(actualName.utf8) else { return "\(path): \(actualName)" }
      if let difference = expected.difference(from: actual, path: "\(path).\(name)") {
        return difference
      }
    }
    return nil
  }

  /// A whole literal that fits 64 bits is an integer, any other number the nearest double.
  private static func isNumber(_ literal: String, _ value: JSONValue) -> Bool {
    switch (Int64(literal), value) {
    case (let expected?, .integer(let actual)): expected == actual
    case (nil, .double(let actual)): Double(literal) == actual
    default: false
    }
  }
}
