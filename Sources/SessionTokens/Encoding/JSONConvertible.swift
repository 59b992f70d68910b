#if !$Embedded
  /// A type whose JSON form is not what its `Codable` conformance would make of it.
  protocol JSONConvertible {
    /// The value's JSON form.
    var jsonValue: JSONValue { get }

    /// Reads the JSON form; `nil` when it is another.
    init?(jsonValue: JSONValue)
  }

  extension JSONValue: JSONConvertible {
    var jsonValue: JSONValue { self }

    init?(jsonValue: JSONValue) { self = jsonValue }
  }
#endif
