// SPDX-License-Identifier: Apache-2.0

// Numbers and strings, byte by byte.

extension JSONAutomaton {
  mutating func beginNumber(_ byte: UInt8, _ state: State) {
    literal = [byte]
    self.state = state
  }

  func number(after byte: UInt8) -> State? {
    switch (state, Character(Unicode.Scalar(byte))) {
    case (.minus, "0"): .zero
    case (.minus, "1"..."9"), (.digits, "0"..."9"): .digits
    case (.zero, "."), (.digits, "."): .point
    case (.point, "0"..."9"), (.fraction, "0"..."9"): .fraction
    case (.zero, "e"), (.zero, "E"), (.digits, "e"), (.digits, "E"), (.fraction, "e"),
      (.fraction, "E"):
      .exponent
    case (.exponent, "+"), (.exponent, "-"): .exponentSign
    case (.exponent, "0"..."9"), (.exponentSign, "0"..."9"), (.exponentDigits, "0"..."9"):
      .exponentDigits
    default: nil
    }
  }

  mutating func endNumber(_ text: inout JSONText) -> Bool {
    switch state {
    case .zero, .digits, .fraction, .exponentDigits:
      text.append(number: literal, openCount: frames.count)
      literal = []
      state = .afterValue
      return true
    default: return false
    }
  }

  mutating func beginString(isName: Bool) {
    self.isName = isName
    (plain, units) = ([], [])
    state = .string
  }

  mutating func takeInString(_ byte: UInt8, _ text: inout JSONText) -> Bool {
    switch byte {
    case UInt8(ascii: "\""): return endString(&text)
    case UInt8(ascii: "\\"):
      flush()
      state = .escape
    case 0..<0x20: return false
    default: plain.append(byte)
    }
    return true
  }

  mutating func takeEscape(_ byte: UInt8) -> Bool {
    let letters: [UInt8: UInt16] = [
      0x22: 0x22, 0x5c: 0x5c, 0x2f: 0x2f, 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9,
    ]
    if byte == UInt8(ascii: "u") {
      unit = 0
      state = .hexDigits(left: 4)
      return true
    }
    guard let letter = letters[byte] else { return false }
    units.append(letter)
    state = .string
    return true
  }

  mutating func takeHexDigit(_ byte: UInt8, left: Int) -> Bool {
    guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
      return false
    }
    unit = unit << 4 | UInt16(digit)
    state = left == 1 ? .string : .hexDigits(left: left - 1)
    if left == 1 { units.append(unit) }
    return true
  }

  private mutating func flush() {
    units += String(decoding: plain, as: UTF8.self).utf16
    plain = []
  }

  private mutating func endString(_ text: inout JSONText) -> Bool {
    flush()
    let string = String(validating: units, as: UTF16.self)
    if string == nil, !text.isLiberal { return false }
    let bytes: [UInt8] =
      if let string { Array(string.utf8) } else {
        [0xff] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
      }
    if isName {
      let isNew = frames[frames.count - 1].names.insert(bytes).inserted
      text.append(name: bytes, isDuplicate: !isNew)
      state = .colon
    } else {
      text.append(.string(bytes))
      state = .afterValue
    }
    return true
  }
}
