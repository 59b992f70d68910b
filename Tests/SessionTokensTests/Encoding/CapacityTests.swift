// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Code that writes through a pointer stays within its memory.
@Suite struct CapacityTests {
  /// Returns the bytes that `body` writes into memory of exactly the size it needs, and expects the
  /// bytes behind it unchanged.
  private func written(
    _ count: Int, _ body: (inout OutputSpan<UInt8>) -> Void
  ) -> [UInt8] {
    let guardBytes = [UInt8](repeating: 0xa5, count: 16)
    var memory = [UInt8](repeating: 0, count: count) + guardBytes
    unsafe memory.withUnsafeMutableBufferPointer { memory in
      let room = unsafe UnsafeMutableBufferPointer(rebasing: memory[..<count])
      var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
      body(&output)
      #expect(unsafe output.finalize(for: room) == count)
    }
    #expect(Array(memory[count...]) == guardBytes)
    return Array(memory[..<count])
  }

  @Test(arguments: 0...48)
  func `base64url fills its memory and doesn't change the bytes behind it`(_ count: Int) {
    let bytes = (0..<count).map { UInt8(0xff - $0) }
    let digits = Array(Base64URLBytes.text(bytes).utf8)
    let encoded = written(digits.count) { digits in
      bytes.withSpan { Base64URL.encode($0, to: &digits) }
    }
    let decoded = written(count) { bytes in
      #expect(digits.withSpan { Base64URL.decode($0, to: &bytes) })
    }
    #expect(encoded == digits)
    #expect(decoded == bytes)
  }

  @Test func `memory may be larger than needed`() {
    let bytes: [UInt8] = [1, 2, 3]
    let digits = Array("AQID".utf8)
    let encoded = [UInt8](capacity: 9) { digits in
      bytes.withSpan { Base64URL.encode($0, to: &digits) }
    }
    let decoded = [UInt8](capacity: 9) { bytes in
      digits.withSpan { #expect(Base64URL.decode($0, to: &bytes)) }
    }
    let copied = [UInt8](capacity: 9) { copy in bytes.withSpan { copy.append(contentsOf: $0) } }
    #expect(encoded == digits)
    #expect(decoded == bytes)
    #expect(copied == bytes)
  }

  #if os(Linux) || os(macOS) || os(Windows)
    @Test func `a text that the memory can't hold stops the process`() async {
      await #expect(processExitsWith: .failure) {
        _ = [UInt8](capacity: 3) { digits in
          [1, 2, 3].withSpan { Base64URL.encode($0, to: &digits) }
        }
      }
    }

    @Test func `decoded bytes that the memory can't hold stop the process`() async {
      await #expect(processExitsWith: .failure) {
        _ = [UInt8](capacity: 2) { bytes in
          "AQID".utf8.withSpan { _ = Base64URL.decode($0, to: &bytes) }
        }
      }
    }

    @Test func `a copy that the memory can't hold stops the process`() async {
      await #expect(processExitsWith: .failure) {
        _ = [UInt8](capacity: 2) { copy in
          [1, 2, 3].withSpan { copy.append(contentsOf: $0) }
        }
      }
    }
  #endif
}
