// Equality in which strings compare by their bytes.
//
// `String ==` is canonical equivalence: to it, "é" and "e" followed by a combining accent are one text, and
// two issuers could pass for each other. The compiler's `==` of a type with strings would use it, and would
// bind Unicode tables into an Embedded program. A type with strings therefore states its content once.

/// A type whose values are equal when their contents are.
protocol EquatableByContent: Equatable {
  var content: EqualityContent { get }
}

extension EquatableByContent {
  /// Returns true when both have the same content, strings by their bytes.
  public static func == (a: Self, b: Self) -> Bool { a.content == b.content }
}

/// What equality compares: strings, numbers, and lists of them.
///
/// A list that begins with the name of a case stands for a value of an enum.
enum EqualityContent {
  case text(String)
  case number(Int64)
  case duration(Duration)
  case json(JSONObject)
  case list([EqualityContent])

  static func text(_ string: String?) -> EqualityContent { string.map { .text($0) } ?? [] }

  static func texts(_ strings: [String]) -> EqualityContent { .list(strings.map { .text($0) }) }
}

extension EqualityContent: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  init(stringLiteral name: String) { self = .text(name) }

  init(arrayLiteral parts: EqualityContent...) { self = .list(parts) }
}

extension EqualityContent: Equatable {
  static func == (a: EqualityContent, b: EqualityContent) -> Bool {
    switch (a, b) {
    case (.text(let a), .text(let b)): a.hasSameBytes(as: b)
    case (.number(let a), .number(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.json(let a), .json(let b)): a == b
    case (.list(let a), .list(let b)): a == b
    case (.text, _), (.number, _), (.duration, _), (.json, _), (.list, _): false
    }
  }
}
