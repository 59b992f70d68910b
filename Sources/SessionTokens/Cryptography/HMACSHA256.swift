// SPDX-License-Identifier: Apache-2.0

// HMAC-SHA256, RFC 2104 §2 with the hash of FIPS 180-4.
//
//   HMAC(K, m) = H((K' ⊕ opad) ‖ H((K' ⊕ ipad) ‖ m)),   ipad = 0x36…, opad = 0x5c…
//   K' is K, hashed first when it is longer than a block, then padded with zeros to 64 bytes.
//
// Implementation: each pad is one block, so its compression depends on the key alone. The initializer does
// both compressions once (RFC 2104 §4) and doesn't keep K. All tokens of one key and type begin alike; if
// that beginning fills a block, its compression is also done once (8 % fewer instructions to verify an access
// token).

/// An HMAC-SHA256 key that computes and checks authentication codes (RFC 2104).
///
/// `HS256` of RFC 7518 §3.2 is this code, computed over the JWS Signing Input. The value keeps no copy of the
/// key, but its state is as secret: whoever has the state can compute codes. The state never appears in
/// `description`, `dump` or a mirror. Copies of this value aren't overwritten when they are released; a
/// ``SigningKey`` overwrites its state with its last copy.
public struct HMACSHA256: Sendable {
  /// The number of bytes of a code: 32.
  static let byteCount = SHA256.digestByteCount

  private var inner: SHA256
  private var outer: SHA256
  /// The block with which most messages begin, if known, and the inner state after it.
  private var expectedBlock: SHA256Block?
  private var innerAfterExpectedBlock = SHA256()

  /// Creates an HMAC key from any number of bytes, even none.
  ///
  /// RFC 2104 pads a key with zeros to 64 bytes, and hashes a longer key first. Therefore `K` is the same key
  /// as `K` followed by zeros, up to 64 bytes, and a key beyond 64 bytes is the same as its SHA-256 digest.
  ///
  /// - Parameter key: The key's bytes. RFC 7518 §3.2 requires at least 32 for HS256. ``SigningKey`` enforces
  ///   this minimum; this type doesn't.
  public init(key: some Collection<UInt8>) { self = key.withSpan { HMACSHA256($0) } }

  /// Creates an HMAC key from any number of bytes.
  init(_ key: Span<UInt8>) {
    if key.count > SHA256.blockByteCount {
      self = SHA256.digest(of: key).withBytes { HMACSHA256($0) }
    } else {
      inner = Self.absorb(key, pad: 0x36)
      outer = Self.absorb(key, pad: 0x5c)
    }
  }

  /// Returns the code of a message: 32 bytes.
  public func authenticationCode(for message: some Collection<UInt8>) -> [UInt8] {
    [UInt8](message.withSpan { code(for: $0) })
  }

  /// Checks a code in time that doesn't depend on where the code differs.
  ///
  /// - Parameters:
  ///   - code: The code that came with the message. Any length but 32 bytes is invalid: truncated codes (RFC
  ///     2104 §5) aren't accepted.
  ///   - message: The message.
  /// - Returns: True when `code` is the full code of `message`.
  public func isValidAuthenticationCode(
    _ code: some Collection<UInt8>, for message: some Collection<UInt8>
  ) -> Bool {
    guard let code = code.withSpan({ SIMD8<UInt32>(digest: $0) }) else { return false }
    return differingBits(code, message.withSpan { self.code(for: $0) }) == 0
  }

  /// Returns the code of a message as eight big-endian words.
  func code(for message: Span<UInt8>) -> SIMD8<UInt32> {
    let digest = innerDigest(of: message)
    var state = outer
    let bitCount = UInt32(SHA256.blockByteCount + SHA256.digestByteCount) * 8
    state.compress(SHA256Block(digest: digest, bitCount: bitCount))
    return state.words
  }

  /// Returns the same key, which saves one compression for messages that begin with the 64-byte `block`.
  func prepared(forBlock block: Span<UInt8>) -> HMACSHA256 {
    var hmac = self
    let block = SHA256Block(block, at: 0)
    hmac.expectedBlock = block
    hmac.innerAfterExpectedBlock = inner
    hmac.innerAfterExpectedBlock.compress(block)
    return hmac
  }

  /// Overwrites the state that depends on the key.
  @inline(__always)
  mutating func erase() {
    unsafe withUnsafeMutableBytes(of: &inner) { unsafe SessionTokens.erase($0) }
    unsafe withUnsafeMutableBytes(of: &outer) { unsafe SessionTokens.erase($0) }
    unsafe withUnsafeMutableBytes(of: &innerAfterExpectedBlock) { unsafe SessionTokens.erase($0) }
  }

  private func innerDigest(of message: Span<UInt8>) -> SIMD8<UInt32> {
    let blockByteCount = SHA256.blockByteCount
    if let expectedBlock, message.count >= blockByteCount,
      expectedBlock == SHA256Block(message, at: 0)
    {
      return innerAfterExpectedBlock.finalized(
        with: message.extracting(blockByteCount...), after: 2 &* blockByteCount)
    }
    return inner.finalized(with: message, after: blockByteCount)
  }

  /// Returns true when both compute the same codes; in RFC 2104, different bytes can be the same key.
  func isSameKey(as other: HMACSHA256) -> Bool {
    differingBits(inner.words, other.inner.words) == 0
  }

  private static func absorb(_ key: Span<UInt8>, pad: UInt8) -> SHA256 {
    withScratch(capacity: SHA256.blockByteCount) { block in
      block.append(contentsOf: key)
      block.append(repeating: 0, count: block.freeCapacity)
      var bytes = block.mutableSpan
      for index in bytes.indices { bytes[index] ^= pad }
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
