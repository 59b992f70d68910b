// One 512-bit message block as the sixteen big-endian words of FIPS 180-4 §5.2.1, and the message
// schedule of §6.2.2 that renews them in place. Sixteen stored words and no array: they live in
// registers.

/// The sixteen message words that the next sixteen rounds take.
struct SHA256Block {
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

  /// The padded last block of a message whose last 32 bytes are `digest`, §5.1.1.
  @inline(__always)
  init(digest: SIMD8<UInt32>, bitCount: UInt32) {
    (w0, w1, w2, w3) = (digest[0], digest[1], digest[2], digest[3])
    (w4, w5, w6, w7) = (digest[4], digest[5], digest[6], digest[7])
    (w8, w9, w10, w11) = (0x8000_0000, 0, 0, 0)
    (w12, w13, w14, w15) = (0, 0, 0, bitCount)
  }

  /// W[16 … 31] from W[0 … 15], and so on for the later passes.
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
