// The one place where contiguous memory is lent out and borrowed back.
//
// `Array.span` and `String.utf8.span` need the newest Apple systems; the closures below reach the
// same checked `Span` on every system this package supports. Everything else in the package works
// on `Span` and `OutputSpan`, whose every access is checked. Lending a string's bytes takes some
// hundred instructions wherever it is inlined, so what does no more than that and is called from many
// places is not.

extension Collection<UInt8> {
  /// Lends the bytes as one contiguous span; copies them first when they are not contiguous.
  @inline(__always)
  func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outcome = withContiguousStorageIfAvailable { storage in
      Swift.Result { () throws(Failure) in try body(unsafe storage.span) }
    }
    if let outcome { return try outcome.get() }
    return try unsafe Array(self).withUnsafeBufferPointer { storage throws(Failure) in
      try body(unsafe storage.span)
    }
  }
}

extension String {
  /// Makes a string of at most `capacity` bytes from what `body` appends, which must be UTF-8.
  @inline(__always)
  init(capacity: Int, initializingWith body: (inout OutputSpan<UInt8>) -> Void) {
    self = unsafe String(unsafeUninitializedCapacity: capacity) { storage in
      var output = unsafe OutputSpan(buffer: storage, initializedCount: 0)
      body(&output)
      return unsafe output.finalize(for: storage)
    }
  }

  /// Makes a string from bytes known to be UTF-8.
  init(utf8 bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Makes an array of at most `capacity` bytes from what `body` appends.
  init<Failure: Error>(
    capacity: Int, initializingWith body: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    guard capacity > 0 else {
      // The standard library would write the count of zero into the storage that all empty arrays
      // of the process share, which the thread sanitizer calls a race.
      var output = OutputSpan<UInt8>()
      try body(&output)
      self = []
      return
    }
    var failure: Failure?
    self = unsafe Array(unsafeUninitializedCapacity: capacity) { storage, count in
      var output = unsafe OutputSpan(buffer: storage, initializedCount: 0)
      do throws(Failure) { try body(&output) } catch { failure = error }
      count = unsafe output.finalize(for: storage)
    }
    if let failure { throw failure }
  }
}

extension Span<UInt8> {
  /// Copies the bytes.
  var array: [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe Array($0) }
  }
}

/// Lends `body` scratch memory of `capacity` bytes: on the stack up to 1,024 bytes.
@inline(__always)
func withScratch<Result, Failure: Error>(
  capacity: Int, _ body: (inout OutputSpan<UInt8>) throws(Failure) -> Result
) throws(Failure) -> Result {
  // The form that throws a typed error belongs to newer toolchains.
  try unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { storage in
    Swift.Result { () throws(Failure) -> Result in
      var output = unsafe OutputSpan(buffer: storage, initializedCount: 0)
      return try body(&output)
    }
  }.get()
}
