// SPDX-License-Identifier: Apache-2.0

// Equality that compares strings by their bytes.
//
// `String ==` tests canonical equivalence: it treats "é" and "e" followed by a combining accent as the same
// text, so that one issuer could pass for another. A synthesized `==` would use it, and would link Unicode
// tables into an Embedded program. A type with strings therefore lists its content once.

/// A type whose values are equal when their contents are equal.
protocol EquatableByContent: Equatable {
  var content: EqualityContent { get }
}

extension EquatableByContent {
  /// Returns true when both values have the same content; strings compare by their bytes.
  public static func == (a: Self, b: Self) -> Bool { a.content == b.content }
}

/// A type whose values are equal, and hash alike, when their raw texts have the same bytes.
protocol HashableByRawBytes: RawRepresentable, Hashable where RawValue == String {}

extension HashableByRawBytes {
  /// Returns true when both texts have the same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.rawValue.hasSameBytes(as: b.rawValue) }

  /// Hashes the bytes of the text.
  public func hash(into hasher: inout Hasher) { rawValue.hashBytes(into: &hasher) }
}

/// The content that equality compares: strings, numbers, durations, JSON objects and lists of these.
///
/// The list for a value of an enum begins with the name of its case.
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
