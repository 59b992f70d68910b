extension JSONValue: ExpressibleByStringLiteral {
  /// Makes a ``string(_:)`` of a literal.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  /// Makes an ``integer(_:)`` of a literal.
  public init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
  /// Makes a ``bool(_:)`` of a literal.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
  /// Makes a ``double(_:)`` of a literal.
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  /// Makes an ``array(_:)`` of a literal.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  /// Makes an ``object(_:)`` of a literal, its members in the order written.
  ///
  /// A name written twice is kept twice, and refused where the object is used as claims.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSONValue: ExpressibleByNilLiteral {
  /// Makes ``null`` of `nil`.
  public init(nilLiteral: ()) { self = .null }
}
