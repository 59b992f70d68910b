// Where a signing key lies. It is a class for its `deinit` alone: a struct cannot know when its last
// copy is gone, and would leave the key in whatever memory it was copied to.

/// What is kept of a signing key, overwritten when nobody holds it any more.
///
/// Unchecked, since the property is a variable; nothing but `deinit` changes it.
final class SigningKeyStorage: @unchecked Sendable {
  private(set) var hmac: HMACSHA256

  init(_ hmac: HMACSHA256) {
    self.hmac = hmac
  }

  deinit {
    hmac.erase()
  }
}

/// Overwrites memory with zeros, also where nothing reads it afterwards.
///
/// Shape: plain stores before a release are dead to the optimiser and vanish (seen at -O); those of
/// a function that is never inlined stay. CI looks for the call in the machine code.
@inline(never)
func erase(_ bytes: UnsafeMutableRawBufferPointer) {
  for index in bytes.indices { unsafe bytes[index] = 0 }
}
