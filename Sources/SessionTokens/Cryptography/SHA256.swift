// SPDX-License-Identifier: Apache-2.0

// SHA-256, FIPS 180-4 §6.2.
//
//   H(0) = §5.3.3;  H(i) = H(i-1) + compress(H(i-1), M(i));  digest = H(N)
//   compress, t = 0 … 63:
//     T1 = h + Σ1(e) + Ch(e,f,g) + K[t] + W[t]        T2 = Σ0(a) + Maj(a,b,c)
//     W[t] = σ1(W[t-2]) + W[t-7] + σ0(W[t-15]) + W[t-16]   for t ≥ 16
//
// Implementation: four passes of 16 rounds over 16 local message words, which are renewed between passes. The
// words stay in registers or one cache line. An array of 64 words takes 60 % longer, and the time of 64
// unrolled rounds varies by a quarter with the placement of the code. Additions are modulo 2^32 (§3.2).

/// The state of SHA-256 after any number of whole 64-byte blocks.
struct SHA256: Sendable {
  /// The number of bytes of a block: 64.
  static let blockByteCount = 64
  /// The number of bytes of a digest: 32.
  static let digestByteCount = 32

  /// The eight words H0 … H7.
  private(set) var words: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// Returns the digest of a whole message, as eight big-endian words.
  static func digest(of message: Span<UInt8>) -> SIMD8<UInt32> {
    SHA256().finalized(with: message, after: 0)
  }

  /// Hashes `rest` and the padding of §5.1.1, after `precedingByteCount` bytes, and returns the digest.
  func finalized(with rest: Span<UInt8>, after precedingByteCount: Int) -> SIMD8<UInt32> {
    var state = self
    var offset = 0
    while rest.count &- offset >= Self.blockByteCount {
      state.compress(SHA256Block(rest, at: offset))
      offset &+= Self.blockByteCount
    }
    let bitCount = (UInt64(precedingByteCount) &+ UInt64(rest.count)) &* 8
    let tail = rest.extracting(offset..<rest.count)
    return withScratch(capacity: 2 &* Self.blockByteCount) { last in
      last.append(contentsOf: tail)
      last.append(0x80)
      let fitsOneBlock = last.count &+ 8 <= Self.blockByteCount
      let end = fitsOneBlock ? Self.blockByteCount : 2 &* Self.blockByteCount
      last.append(repeating: 0, count: end &- 8 &- last.count)
      last.append(bigEndian: bitCount, byteCount: 8)
      state.compress(SHA256Block(last.span, at: 0))
      if !fitsOneBlock { state.compress(SHA256Block(last.span, at: Self.blockByteCount)) }
      return state.words
    }
  }

  /// Applies the compression function to one block, §6.2.2.
  mutating func compress(_ block: SHA256Block) {
    var w = block
    var (a, b, c, d) = (words[0], words[1], words[2], words[3])
    var (e, f, g, h) = (words[4], words[5], words[6], words[7])
    var t = 0
    while true {
      Self.round(a, b, c, &d, e, f, g, &h, Self.constants[t] &+ w.w0)
      Self.round(h, a, b, &c, d, e, f, &g, Self.constants[t &+ 1] &+ w.w1)
      Self.round(g, h, a, &b, c, d, e, &f, Self.constants[t &+ 2] &+ w.w2)
      Self.round(f, g, h, &a, b, c, d, &e, Self.constants[t &+ 3] &+ w.w3)
      Self.round(e, f, g, &h, a, b, c, &d, Self.constants[t &+ 4] &+ w.w4)
      Self.round(d, e, f, &g, h, a, b, &c, Self.constants[t &+ 5] &+ w.w5)
      Self.round(c, d, e, &f, g, h, a, &b, Self.constants[t &+ 6] &+ w.w6)
      Self.round(b, c, d, &e, f, g, h, &a, Self.constants[t &+ 7] &+ w.w7)
      Self.round(a, b, c, &d, e, f, g, &h, Self.constants[t &+ 8] &+ w.w8)
      Self.round(h, a, b, &c, d, e, f, &g, Self.constants[t &+ 9] &+ w.w9)
      Self.round(g, h, a, &b, c, d, e, &f, Self.constants[t &+ 10] &+ w.w10)
      Self.round(f, g, h, &a, b, c, d, &e, Self.constants[t &+ 11] &+ w.w11)
      Self.round(e, f, g, &h, a, b, c, &d, Self.constants[t &+ 12] &+ w.w12)
      Self.round(d, e, f, &g, h, a, b, &c, Self.constants[t &+ 13] &+ w.w13)
      Self.round(c, d, e, &f, g, h, a, &b, Self.constants[t &+ 14] &+ w.w14)
      Self.round(b, c, d, &e, f, g, h, &a, Self.constants[t &+ 15] &+ w.w15)
      t &+= 16
      if t == 64 { break }
      w.renew()
    }
    words &+= SIMD8(a, b, c, d, e, f, g, h)
  }

  /// Performs one round: `d` becomes the next `e`, and `h` the next `a`; `kw` is K[t] + W[t].
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ kw: UInt32
  ) {
    let sum1 = e.rotatedRight(6) ^ e.rotatedRight(11) ^ e.rotatedRight(25)
    let choice = g ^ (e & (f ^ g))
    let t1 = h &+ sum1 &+ choice &+ kw
    let sum0 = a.rotatedRight(2) ^ a.rotatedRight(13) ^ a.rotatedRight(22)
    let majority = b ^ ((a ^ b) & (b ^ c))
    d &+= t1
    h = t1 &+ sum0 &+ majority
  }

  /// K, §4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

extension UInt32 {
  @inline(__always)
  func rotatedRight(_ count: UInt32) -> UInt32 { (self &>> count) | (self &<< (32 &- count)) }
}

// One 512-bit message block as the sixteen big-endian words of FIPS 180-4 §5.2.1. The message schedule of
// §6.2.2 renews them in place. They are sixteen stored properties, not an array, so that they stay in
// registers.

/// The sixteen message words of the next sixteen rounds.
struct SHA256Block: Equatable {
  private(set) var w0, w1, w2, w3, w4, w5, w6, w7: UInt32
  private(set) var w8, w9, w10, w11, w12, w13, w14, w15: UInt32

  /// Reads the 64 bytes that start at `offset`.
  @inline(__always)
  init(_ bytes: Span<UInt8>, at offset: Int) {
    let block = bytes.extracting(offset..<(offset &+ SHA256.blockByteCount))
    w0 = block.bigEndianWord(at: 0)
    w1 = block.bigEndianWord(at: 4)
    w2 = block.bigEndianWord(at: 8)
    w3 = block.bigEndianWord(at: 12)
    w4 = block.bigEndianWord(at: 16)
    w5 = block.bigEndianWord(at: 20)
    w6 = block.bigEndianWord(at: 24)
    w7 = block.bigEndianWord(at: 28)
    w8 = block.bigEndianWord(at: 32)
    w9 = block.bigEndianWord(at: 36)
    w10 = block.bigEndianWord(at: 40)
    w11 = block.bigEndianWord(at: 44)
    w12 = block.bigEndianWord(at: 48)
    w13 = block.bigEndianWord(at: 52)
    w14 = block.bigEndianWord(at: 56)
    w15 = block.bigEndianWord(at: 60)
  }

  /// Creates the padded last block of a message whose last 32 bytes are `digest`, §5.1.1.
  @inline(__always)
  init(digest: SIMD8<UInt32>, bitCount: UInt32) {
    (w0, w1, w2, w3) = (digest[0], digest[1], digest[2], digest[3])
    (w4, w5, w6, w7) = (digest[4], digest[5], digest[6], digest[7])
    (w8, w9, w10, w11) = (0x8000_0000, 0, 0, 0)
    (w12, w13, w14, w15) = (0, 0, 0, bitCount)
  }

  /// Computes W[16 … 31] from W[0 … 15], and so on in the later passes.
  @inline(__always)
  mutating func renew() {
    w0 = Self.schedule(w0, w1, w9, w14)
    w1 = Self.schedule(w1, w2, w10, w15)
    w2 = Self.schedule(w2, w3, w11, w0)
    w3 = Self.schedule(w3, w4, w12, w1)
    w4 = Self.schedule(w4, w5, w13, w2)
    w5 = Self.schedule(w5, w6, w14, w3)
    w6 = Self.schedule(w6, w7, w15, w4)
    w7 = Self.schedule(w7, w8, w0, w5)
    w8 = Self.schedule(w8, w9, w1, w6)
    w9 = Self.schedule(w9, w10, w2, w7)
    w10 = Self.schedule(w10, w11, w3, w8)
    w11 = Self.schedule(w11, w12, w4, w9)
    w12 = Self.schedule(w12, w13, w5, w10)
    w13 = Self.schedule(w13, w14, w6, w11)
    w14 = Self.schedule(w14, w15, w7, w12)
    w15 = Self.schedule(w15, w0, w8, w13)
  }

  @inline(__always)
  private static func schedule(
    _ t16: UInt32, _ t15: UInt32, _ t7: UInt32, _ t2: UInt32
  ) -> UInt32 {
    let sigma0 = t15.rotatedRight(7) ^ t15.rotatedRight(18) ^ (t15 &>> 3)
    let sigma1 = t2.rotatedRight(17) ^ t2.rotatedRight(19) ^ (t2 &>> 10)
    return t16 &+ sigma0 &+ t7 &+ sigma1
  }
}

// MARK: - Digests

// Here a SHA-256 digest is eight words, a SIMD8<UInt32>. Its 32 bytes are the words in big-endian order (FIPS
// 180-4 §6.2.2).

extension SIMD8<UInt32> {
  /// Creates a digest from exactly 32 bytes; returns `nil` for any other count.
  init?(digest bytes: Span<UInt8>) {
    guard bytes.count == SHA256.digestByteCount else { return nil }
    self.init()
    for index in 0..<8 { self[index] = bytes.bigEndianWord(at: index &* 4) }
  }

  /// Calls `body` with the 32 bytes of a digest.
  @inline(__always)
  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    var words = self
    for index in 0..<8 { words[index] = words[index].bigEndian }
    // A vector of eight 32-bit words is 32 bytes, all of them initialized.
    return unsafe withUnsafeBytes(of: &words) { bytes in
      body(unsafe bytes.bindMemory(to: UInt8.self).span)
    }
  }
}

extension Span<UInt8> {
  /// Returns the big-endian word of the four bytes at `offset`, FIPS 180-4 §3.1.
  @inline(__always)
  func bigEndianWord(at offset: Int) -> UInt32 {
    UInt32(self[offset]) &<< 24 | UInt32(self[offset &+ 1]) &<< 16
      | UInt32(self[offset &+ 2]) &<< 8 | UInt32(self[offset &+ 3])
  }
}

extension [UInt8] {
  /// Creates an array of the 32 bytes of a digest.
  init(_ digest: SIMD8<UInt32>) { self = digest.withBytes { $0.array } }
}
