// HMAC-SHA256, RFC 2104 §2 with the hash of FIPS 180-4.
//
//   HMAC(K, m) = H((K' ⊕ opad) ‖ H((K' ⊕ ipad) ‖ m)),   ipad = 0x36…, opad = 0x5c…
//   K' is K, hashed first when longer than a block, filled with zeros to 64 bytes.
//
// Shape: both pads are one block each, so their compressions depend on the key alone. They are done
// once, at initialisation (RFC 2104 §4), and K itself is not kept. Where messages are known to begin
// alike, as all tokens of one key and type do, so is that of their first block.

/// Computes and checks HMAC-SHA256 codes under one key (RFC 2104).
///
/// `HS256` of RFC 7518 §3.2 is this code over the JWS signing input. The value keeps no copy of the
/// key, but what it keeps is as secret: whoever has it can compute codes. It never shows in
/// `description`, `dump` or a mirror. Its copies are values like any other; a ``SigningKey`` overwrites
/// what it holds when its last copy is gone.
public struct HMACSHA256: Sendable {
  /// The bytes of a code: 32.
  static let byteCount = SHA256.digestByteCount

  private var inner: SHA256
  private var outer: SHA256
  /// The block that messages are expected to begin with, or nothing, and the inner state after it.
  private var head: [UInt8] = []
  private var afterHead = SHA256()

  /// Absorbs a key of any length, also an empty one.
  ///
  /// RFC 2104 fills a key with zeros to 64 bytes and hashes a longer one, so `K`, `K` followed by
  /// zeros, and (beyond 64 bytes) its SHA-256 are one and the same key.
  ///
  /// - Parameter key: The key's bytes. RFC 7518 §3.2 wants at least 32 for HS256; ``SigningKey``
  ///   insists on it, this type does not.
  public init(key: some Collection<UInt8>) {
    self = key.withSpan { HMACSHA256($0) }
  }

  /// Absorbs a key.
  init(_ key: Span<UInt8>) {
    if key.count > SHA256.blockByteCount {
      self = [UInt8](SHA256.digest(of: key)).withSpan { HMACSHA256($0) }
    } else {
      inner = Self.absorb(key, pad: 0x36)
      outer = Self.absorb(key, pad: 0x5c)
    }
  }

  /// Computes the code of a message: 32 bytes.
  public func authenticationCode(for message: some Collection<UInt8>) -> [UInt8] {
    [UInt8](message.withSpan { code(for: $0) })
  }

  /// Checks a code in time that does not depend on where it differs.
  ///
  /// - Parameters:
  ///   - code: The code that came with the message. Any length but 32 bytes is invalid: truncated
  ///     codes (RFC 2104 §5) are not accepted.
  ///   - message: The message.
  /// - Returns: True when `code` is the whole code of `message`.
  public func isValidAuthenticationCode(
    _ code: some Collection<UInt8>, for message: some Collection<UInt8>
  ) -> Bool {
    guard let code = code.withSpan({ SIMD8<UInt32>(digest: $0) }) else { return false }
    return differingBits(code, message.withSpan { self.code(for: $0) }) == 0
  }

  /// The code as eight big-endian words.
  func code(for message: Span<UInt8>) -> SIMD8<UInt32> {
    let digest = innerDigest(of: message)
    var state = outer
    let bitCount = UInt32(SHA256.blockByteCount + SHA256.digestByteCount) * 8
    state.compress(SHA256Block(digest: digest, bitCount: bitCount))
    return state.words
  }

  /// The same key, quicker by one compression for messages that begin with the 64 bytes of `block`.
  func expecting(_ block: Span<UInt8>) -> HMACSHA256 {
    var hmac = self
    hmac.head = block.array
    hmac.afterHead = inner
    hmac.afterHead.compress(SHA256Block(block, at: 0))
    return hmac
  }

  /// Overwrites what is kept of the key.
  @inline(__always)
  mutating func erase() {
    unsafe withUnsafeMutableBytes(of: &inner) { unsafe SessionTokens.erase($0) }
    unsafe withUnsafeMutableBytes(of: &outer) { unsafe SessionTokens.erase($0) }
    unsafe withUnsafeMutableBytes(of: &afterHead) { unsafe SessionTokens.erase($0) }
  }

  private func innerDigest(of message: Span<UInt8>) -> SIMD8<UInt32> {
    let blockByteCount = SHA256.blockByteCount
    if !head.isEmpty, message.count >= blockByteCount,
      head.withSpan({ $0.hasSameBytes(as: message.extracting(..<blockByteCount)) })
    {
      return afterHead.finalized(
        with: message.extracting(blockByteCount...), after: 2 &* blockByteCount)
    }
    return inner.finalized(with: message, after: blockByteCount)
  }

  /// True when both compute the same codes: RFC 2104 may make one key of different bytes.
  func isSameKey(as other: HMACSHA256) -> Bool {
    differingBits(inner.words, other.inner.words) == 0
  }

  private static func absorb(_ key: Span<UInt8>, pad: UInt8) -> SHA256 {
    withScratch(capacity: SHA256.blockByteCount) { block in
      for index in key.indices { block.append(key[index] ^ pad) }
      block.append(repeating: pad, count: block.freeCapacity)
      var state = SHA256()
      state.compress(SHA256Block(block.span, at: 0))
      return state
    }
  }
}

extension HMACSHA256: Redacted {
  /// The type's name.
  public var description: String { "HMACSHA256" }
}
