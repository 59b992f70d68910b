// Numbers, RFC 8259 §6: -? (0 | 1…9 digits) (. digits)? ((e | E) (+ | -)? digits)?

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
