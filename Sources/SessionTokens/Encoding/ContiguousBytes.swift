// SPDX-License-Identifier: Apache-2.0

// Access to the contiguous memory of collections and strings, for reading and for creating them.
//
// `Array.span` and `String.utf8.span` need the newest Apple systems. The closures below give the same `Span`
// on every system that this package supports. All other code works on `Span` and `OutputSpan`, which check
// every access, except for the few writes that are marked `unsafe` and say what bounds them. Each inlined
// access to a string's bytes takes about a hundred instructions, so a small function with many callers isn't
// inlined.

extension Collection<UInt8> {
  /// Calls `body` with the bytes as one contiguous span; copies them first when they aren't contiguous.
  @inline(__always)
  func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outcome =
      unsafe withContiguousStorageIfAvailable { storage in
        Swift.Result { () throws(Failure) in try body(unsafe storage.span) }
      }
      ?? Array(self).withUnsafeBufferPointer { storage in
        Swift.Result { () throws(Failure) in try body(unsafe storage.span) }
      }
    return try outcome.get()
  }
}

extension String {
  /// Creates a string of at most `capacity` bytes from the UTF-8 that `body` appends.
  @inline(__always)
  init(capacity: Int, initializingWith body: (inout OutputSpan<UInt8>) -> Void) {
    self = unsafe String(unsafeUninitializedCapacity: capacity) { storage in
      var output = unsafe OutputSpan(buffer: storage, initializedCount: 0)
      body(&output)
      return unsafe output.finalize(for: storage)
    }
  }

  /// Creates a string from bytes that are known to be UTF-8.
  init(utf8 bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Creates an array of at most `capacity` bytes from those that `body` appends.
  init(capacity: Int, initializingWith body: (inout OutputSpan<UInt8>) -> Void) {
    guard capacity > 0 else {
      // The standard library would write the count of zero into the storage that all empty arrays of the
      // process share. The thread sanitizer reports that as a race.
      var output = OutputSpan<UInt8>()
      body(&output)
      self = []
      return
    }
    self = unsafe Array(unsafeUninitializedCapacity: capacity) { storage, count in
      var output = unsafe OutputSpan(buffer: storage, initializedCount: 0)
      body(&output)
      count = unsafe output.finalize(for: storage)
    }
  }
}

extension Span<UInt8> {
  /// A copy of the bytes.
  var array: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}

/// Calls `body` with `capacity` bytes of temporary memory, which is on the stack up to 1,024 bytes.
@inline(__always)
func withScratch<Result, Failure: Error>(
  capacity: Int, _ body: (inout OutputSpan<UInt8>) throws(Failure) -> Result
) throws(Failure) -> Result {
  // The overload with typed throws needs a newer toolchain.
  try unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { storage in
    Swift.Result { () throws(Failure) -> Result in
      var output = unsafe OutputSpan(buffer: storage, initializedCount: 0)
      return try body(&output)
    }
  }.get()
}
