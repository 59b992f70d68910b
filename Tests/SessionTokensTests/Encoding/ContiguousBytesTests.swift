// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Access to contiguous bytes, and strings that compare by bytes.
@Suite struct ContiguousBytesTests {
  private let composed = "caf\u{e9}"
  private let decomposed = "cafe\u{301}"

  @Test func `bytes that aren't contiguous are lent as a span too`() {
    let bytes: [UInt8] = [1, 2, 3]
    #expect(bytes.reversed().withSpan { $0.array } == [3, 2, 1])
    #expect(bytes.lazy.map { $0 + 1 }.withSpan { $0.array } == [2, 3, 4])
    #expect(EmptyCollection<UInt8>().withSpan { $0.count } == 0)
  }

  @Test func `an error of the body is rethrown`() {
    let fail: (Span<UInt8>) throws(JSONError) -> Void = { _ throws(JSONError) in throw .tooDeep }
    #expect(throws: JSONError.tooDeep) { try [UInt8]([1]).withSpan(fail) }
    #expect(throws: JSONError.tooDeep) { try [UInt8]([1]).reversed().withSpan(fail) }
  }

  @Test func `canonically equivalent strings are equal to Swift, but not by their bytes`() {
    #expect(composed == decomposed)
    #expect(!composed.hasSameBytes(as: decomposed))
    #expect(!decomposed.hasSameBytes(as: composed))
    #expect(composed.hasSameBytes(as: "caf\u{e9}"))
  }

  @Test func `a prefix of a string doesn't have the same bytes`() {
    #expect(!"ab".hasSameBytes(as: "a"))
    #expect(!"a".hasSameBytes(as: "ab"))
    #expect("a".utf8.withSpan { !"ab".hasBytes($0) })
    #expect("ab".utf8.withSpan { !"a".hasBytes($0) })
    #expect("ab".utf8.withSpan { "ab".hasBytes($0) })
    #expect("ac".utf8.withSpan { !"ab".hasBytes($0) })
  }

  @Test func `an absent string equals only an absent one`() {
    let absent: String? = nil
    #expect(hasSameBytes(absent, absent))
    #expect(hasSameBytes("", ""))
    #expect(!hasSameBytes(absent, ""))
    #expect(!hasSameBytes("", absent))
    #expect(!hasSameBytes(composed, decomposed))
  }

  @Test func `strings of the same bytes hash alike`() {
    var (a, b) = (Hasher(), Hasher())
    composed.hashBytes(into: &a)
    "caf\u{e9}".hashBytes(into: &b)
    #expect(a.finalize() == b.finalize())
  }

  @Test func `an array has the bytes that its body appended`() {
    #expect([UInt8](capacity: 4) { $0.append(1) } == [1])
  }

  @Test func `an array without capacity calls its body too`() {
    var freeCapacity = -1
    #expect([UInt8](capacity: 0) { freeCapacity = $0.freeCapacity } == [])
    #expect(freeCapacity == 0)
  }

  /// All empty arrays of a process share their storage: the thread sanitizer sees who writes to it.
  @Test func `many threads create empty arrays at once`() async {
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<1_000).allSatisfy { _ in Base64URL.decode("".utf8) == [] } }
      }
      for await isEmpty in group { #expect(isEmpty) }
    }
  }
}
