// Numbers of a JSON text, RFC 8259 §6: -? (0 | 1…9 digits) (. digits)? ((e | E) (+ | -)? digits)?

/// A number of a JSON text: where its bytes stand.
struct JSONNumber {
  let start: Int
  let end: Int
  /// True when it has neither a fraction nor an exponent.
  let isInteger: Bool
}

extension JSONNumber {
  /// The value: an integer where the literal is one and fits 64 bits, else the nearest double.
  ///
  /// - Throws: ``JSONError/numberOutOfRange`` when the nearest double is infinite.
  func value(in bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    if let integer = integer(in: bytes) { return .integer(integer) }
    guard let double = Double(String(utf8: bytes.extracting(start..<end))), double.isFinite else {
      throw .numberOutOfRange
    }
    return .double(double)
  }

  /// The value of a literal without fraction and exponent; `nil` beyond 64 bits or for another one.
  func integer(in bytes: Span<UInt8>) -> Int64? {
    guard isInteger else { return nil }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    var value: Int64 = 0
    if !isNegative, end &- start <= 18 {
      for index in start..<end { value = value &* 10 &+ Int64(bytes[index] &- 0x30) }
      return value
    }
    for index in (isNegative ? start &+ 1 : start)..<end {
      let digit = Int64(bytes[index] &- 0x30)
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, exceeds) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflows || exceeds { return nil }
      value = sum
    }
    return value
  }

  /// The largest integer that is not above the value and the smallest not below it; `nil` beyond
  /// the range in which dates and lifetimes lie.
  ///
  /// Exact for any number of digits, where a double would round 1.9999999999999999 up first.
  func bounds(in bytes: Span<UInt8>) -> (floor: Int64, ceiling: Int64)? {
    if let integer = integer(in: bytes) { return (integer, integer) }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    guard let (whole, hasFraction) = magnitude(in: bytes, from: isNegative ? start &+ 1 : start)
    else { return nil }
    let above = hasFraction ? whole &+ 1 : whole
    return isNegative ? (-above, -whole) : (whole, above)
  }

  /// The largest integer that is not above the value, at the nearest end of 64 bits where ``bounds(in:)``
  /// gives none.
  func clampedFloor(in bytes: Span<UInt8>) -> Int64 {
    bounds(in: bytes)?.floor ?? (bytes[start] == UInt8(ascii: "-") ? .min : .max)
  }

  /// The digits before the decimal point once the exponent has moved it, and whether one that is
  /// not zero comes after.
  private func magnitude(in bytes: Span<UInt8>, from first: Int) -> (Int64, hasFraction: Bool)? {
    var significandEnd = first
    var point: Int?
    while significandEnd < end, bytes[significandEnd] | 0x20 != UInt8(ascii: "e") {
      if bytes[significandEnd] == UInt8(ascii: ".") { point = significandEnd }
      significandEnd &+= 1
    }
    let exponent = significandEnd < end ? exponent(in: bytes, from: significandEnd &+ 1) : 0
    var digitsBeforePoint = (point ?? significandEnd) &- first &+ exponent
    var whole: Int64 = 0
    var hasFraction = false
    for index in first..<significandEnd where index != point {
      let digit = Int64(bytes[index] &- 0x30)
      if digitsBeforePoint > 0 {
        whole = whole &* 10 &+ digit
        if whole > Self.largestWhole { return nil }
      } else if digit != 0 {
        hasFraction = true
      }
      digitsBeforePoint &-= 1
    }
    while digitsBeforePoint > 0, whole > 0 {
      whole = whole &* 10
      if whole > Self.largestWhole { return nil }
      digitsBeforePoint &-= 1
    }
    return (whole, hasFraction)
  }

  private func exponent(in bytes: Span<UInt8>, from first: Int) -> Int {
    let isNegative = bytes[first] == UInt8(ascii: "-")
    let hasSign = isNegative || bytes[first] == UInt8(ascii: "+")
    var value = 0
    for index in (hasSign ? first &+ 1 : first)..<end {
      value = Swift.min(value &* 10 &+ Int(bytes[index] &- 0x30), Self.largestExponent)
    }
    return isNegative ? -value : value
  }

  /// Far beyond the year 9999 in seconds, and ten times it still fits 64 bits.
  private static let largestWhole: Int64 = 1_000_000_000_000_000

  /// More than any text has digits, so that a larger one changes nothing.
  private static let largestExponent = 100_000_000
}

extension String {
  /// The number that the text's decimal digits say, `Int64.max` where it is larger; `nil` for a text of
  /// anything else.
  var clampedDecimal: Int64? {
    guard !isEmpty, utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int64(self) ?? .max
  }
}

// MARK: - Reading

extension JSONReader {
  /// Reads a number and proves its form; its value is made on demand.
  mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONError) -> JSONNumber {
    let start = position
    _ = consume(UInt8(ascii: "-"), bytes)
    if !consume(UInt8(ascii: "0"), bytes) { try skipDigits(bytes) }
    var isInteger = true
    if consume(UInt8(ascii: "."), bytes) {
      isInteger = false
      try skipDigits(bytes)
    }
    if consume(UInt8(ascii: "e"), bytes) || consume(UInt8(ascii: "E"), bytes) {
      isInteger = false
      if !consume(UInt8(ascii: "+"), bytes) { _ = consume(UInt8(ascii: "-"), bytes) }
      try skipDigits(bytes)
    }
    return JSONNumber(start: start, end: position, isInteger: isInteger)
  }

  private mutating func skipDigits(_ bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    while position < bytes.count, 0x30...0x39 ~= bytes[position] { position &+= 1 }
    guard position > start else { throw .syntax }
  }
}
