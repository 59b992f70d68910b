// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#endif

/// A second opinion on JSON texts, by another method than the library's reader: an automaton that
/// reads one byte at a time, strings checked as UTF-16, doubles read by the C library.
///
/// The rules of the grammar and of this package are kept apart.
struct JSONText {
  /// One piece of the text, with its value.
  enum Event: Hashable {
    case beginObject, endObject, beginArray, endArray
    case name([UInt8])
    case string([UInt8])
    case integer(Int64)
    /// The bits of a double.
    case double(UInt64)
    case bool(Bool)
    case null
  }

  /// True for UTF-8 that follows the grammar of RFC 8259, without lone surrogates unless liberal.
  private(set) var isWellFormed = false
  private(set) var events: [Event] = []
  /// The maximum number of arrays and objects that are open at once.
  private(set) var depth = 0
  private(set) var hasDuplicateName = false
  /// A number that no double can hold, deeper than the members of the outermost object.
  private(set) var hasNestedNumberOutOfRange = false
  /// A number that no double can hold.
  private(set) var hasNumberOutOfRange = false

  /// True for a text of another server, which may have a byte order mark and lone surrogates.
  ///
  /// A string with a lone surrogate is given as bytes that aren't UTF-8.
  let isLiberal: Bool

  init(_ bytes: some Sequence<UInt8>, isLiberal: Bool = false) {
    self.isLiberal = isLiberal
    var bytes = Array(bytes)
    if isLiberal, bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
    guard String(validating: bytes, as: UTF8.self) != nil else { return }
    var automaton = JSONAutomaton()
    for byte in bytes {
      guard automaton.take(byte, &self) else { return }
    }
    isWellFormed = automaton.end(&self)
  }

  /// True if the text is within all limits as well.
  var isAcceptable: Bool {
    isWellFormed && depth <= 32 && !hasDuplicateName && !hasNumberOutOfRange
  }

  mutating func begin(_ event: Event, openCount: Int) {
    events.append(event)
    depth = max(depth, openCount)
  }

  mutating func append(_ event: Event) {
    events.append(event)
  }

  mutating func append(name: [UInt8], isDuplicate: Bool) {
    events.append(.name(name))
    hasDuplicateName = hasDuplicateName || isDuplicate
  }

  /// Adds a number by its literal.
  mutating func append(number literal: [UInt8], openCount: Int) {
    let text = String(decoding: literal, as: UTF8.self)
    if let integer = Int64(text) {
      events.append(.integer(integer))
      return
    }
    let double = unsafe strtod(text, nil)
    events.append(.double(double.bitPattern))
    hasNumberOutOfRange = hasNumberOutOfRange || !double.isFinite
    hasNestedNumberOutOfRange = hasNestedNumberOutOfRange || (!double.isFinite && openCount > 1)
  }
}
