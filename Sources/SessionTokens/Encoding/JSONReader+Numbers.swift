// Numbers, RFC 8259 §6: -? (0 | 1…9 digits) (. digits)? ((e | E) (+ | -)? digits)?

extension JSONReader {
  /// Reads a number and proves its form; its value is made on demand.
  mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> JSONNumber {
    let start = position
    _ = consume(UInt8(ascii: "-"), bytes)
    if !consume(UInt8(ascii: "0"), bytes) { try digits(bytes) }
    var isInteger = true
    if consume(UInt8(ascii: "."), bytes) {
      isInteger = false
      try digits(bytes)
    }
    if consume(UInt8(ascii: "e"), bytes) || consume(UInt8(ascii: "E"), bytes) {
      isInteger = false
      if !consume(UInt8(ascii: "+"), bytes) { _ = consume(UInt8(ascii: "-"), bytes) }
      try digits(bytes)
    }
    return JSONNumber(start: start, end: position, isInteger: isInteger)
  }

  private mutating func digits(_ bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    while position < bytes.count, 0x30...0x39 ~= bytes[position] { position &+= 1 }
    guard position > start else { throw .syntax }
  }
}
