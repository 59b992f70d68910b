// SPDX-License-Identifier: Apache-2.0

/// A JSON value (RFC 8259), for custom claims.
///
/// Strings compare by their bytes: two spellings that Swift's `String` treats as canonically equivalent are
/// different values. An integer literal beyond `Int64` reads as a ``double(_:)``.
public enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number without a fraction or an exponent that fits `Int64`.
  case integer(Int64)
  /// Any other number; only a finite one has a JSON form.
  case double(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object, with its members in their order.
  case object(JSONObject)

  /// The value of ``bool(_:)``, or `nil`.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The value of ``integer(_:)``; `nil` for any other kind, even a ``double(_:)`` that is whole.
  public var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The value of ``double(_:)``, or of an ``integer(_:)`` that a double represents exactly; otherwise `nil`.
  ///
  /// JSON has only one kind of number: a writer that means 1.0 may write `1`.
  public var double: Double? {
    switch self {
    case .double(let value): value
    case .integer(let value): Double(exactly: value)
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// The value of ``string(_:)``, or `nil`.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The value of ``array(_:)``, or `nil`.
  public var array: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The value of ``object(_:)``, or `nil`.
  public var object: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// Reads a whole JSON text, with any kind of value at the top level.
  init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    self = try bytes.withSpan { bytes throws(JSONError) in
      var reader = JSONReader()
      let value = try reader.readValue(bytes, depth: 0)
      try reader.expectEnd(bytes)
      return value
    }
  }
}

extension JSONValue: Equatable {
  /// Returns true when both values have the same kind and content; strings compare by their bytes.
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    case (.null, _), (.bool, _), (.integer, _), (.double, _), (.string, _), (.array, _),
      (.object, _):
      false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// Creates a ``string(_:)`` from a literal.
  public init(stringLiteral value: String) { self = .string(value) }

  /// Creates an ``integer(_:)`` from a literal.
  public init(integerLiteral value: Int64) { self = .integer(value) }

  /// Creates a ``bool(_:)`` from a literal.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// Creates a ``double(_:)`` from a literal.
  public init(floatLiteral value: Double) { self = .double(value) }

  /// Creates an ``array(_:)`` from a literal.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// Creates an ``object(_:)`` from a literal, with the members in the order written.
  ///
  /// A name that is written twice is kept twice; using the object as claims throws
  /// ``ClaimsError/duplicateName(_:)``.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }

  /// Creates ``null`` from `nil`.
  public init(nilLiteral: ()) { self = .null }
}
