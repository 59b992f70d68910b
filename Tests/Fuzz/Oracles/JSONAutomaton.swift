// SPDX-License-Identifier: Apache-2.0

/// The grammar of RFC 8259 as a pushdown automaton over bytes.
struct JSONAutomaton {
  enum State {
    case value
    case valueOrEnd
    case nameOrEnd
    case name
    case colon
    case afterValue
    case string
    case escape
    case hexDigits(left: Int)
    case minus, zero, digits, point, fraction, exponent, exponentSign, exponentDigits
    case word(rest: ArraySlice<UInt8>)
  }

  struct Frame {
    var isObject: Bool
    var names: Set<[UInt8]> = []
  }

  var state = State.value
  var frames: [Frame] = []
  var isName = false
  var literal: [UInt8] = []
  var plain: [UInt8] = []
  var units: [UInt16] = []
  var unit: UInt16 = 0

  /// Accepts the next byte; returns false if it can't follow.
  mutating func take(_ byte: UInt8, _ text: inout JSONText) -> Bool {
    switch state {
    case .string: return takeInString(byte, &text)
    case .escape: return takeEscape(byte)
    case .hexDigits(let left): return takeHexDigit(byte, left: left)
    case .word(let rest):
      guard byte == rest.first else { return false }
      state = rest.count == 1 ? .afterValue : .word(rest: rest.dropFirst())
      return true
    case .minus, .zero, .digits, .point, .fraction, .exponent, .exponentSign, .exponentDigits:
      if let next = number(after: byte) {
        state = next
        literal.append(byte)
        return true
      }
      return endNumber(&text) && takeStructure(byte, &text)
    case .value, .valueOrEnd, .nameOrEnd, .name, .colon, .afterValue:
      return takeStructure(byte, &text)
    }
  }

  /// True if the text may end here.
  mutating func end(_ text: inout JSONText) -> Bool {
    if !literal.isEmpty, !endNumber(&text) { return false }
    if case .afterValue = state { return frames.isEmpty }
    return false
  }

  private mutating func takeStructure(_ byte: UInt8, _ text: inout JSONText) -> Bool {
    if [0x20, 0x09, 0x0a, 0x0d].contains(byte) { return true }
    switch (state, Character(Unicode.Scalar(byte))) {
    case (.valueOrEnd, "]"), (.nameOrEnd, "}"): return close(byte, &text)
    case (.value, _), (.valueOrEnd, _): return beginValue(byte, &text)
    case (.nameOrEnd, "\""), (.name, "\""): beginString(isName: true)
    case (.colon, ":"): state = .value
    case (.afterValue, ","):
      guard let frame = frames.last else { return false }
      state = frame.isObject ? .name : .value
    case (.afterValue, "}"), (.afterValue, "]"): return close(byte, &text)
    default: return false
    }
    return true
  }

  private mutating func beginValue(_ byte: UInt8, _ text: inout JSONText) -> Bool {
    switch Character(Unicode.Scalar(byte)) {
    case "{":
      frames.append(Frame(isObject: true))
      text.begin(.beginObject, openCount: frames.count)
      state = .nameOrEnd
    case "[":
      frames.append(Frame(isObject: false))
      text.begin(.beginArray, openCount: frames.count)
      state = .valueOrEnd
    case "\"": beginString(isName: false)
    case "t": beginWord("rue", .bool(true), &text)
    case "f": beginWord("alse", .bool(false), &text)
    case "n": beginWord("ull", .null, &text)
    case "-": beginNumber(byte, .minus)
    case "0": beginNumber(byte, .zero)
    case "1"..."9": beginNumber(byte, .digits)
    default: return false
    }
    return true
  }

  private mutating func close(_ byte: UInt8, _ text: inout JSONText) -> Bool {
    guard let frame = frames.popLast(), frame.isObject == (byte == UInt8(ascii: "}")) else {
      return false
    }
    text.append(frame.isObject ? .endObject : .endArray)
    state = .afterValue
    return true
  }

  private mutating func beginWord(_ rest: String, _ event: JSONText.Event, _ text: inout JSONText) {
    text.append(event)
    state = .word(rest: Array(rest.utf8)[...])
  }
}
