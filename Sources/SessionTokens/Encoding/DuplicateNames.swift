// The member names of the objects being read, and whether one appears twice (RFC 7493 §2.3).
//
// Shape: names are compared by their bytes after escapes, never by canonical equivalence. The first
// sixteen are kept in one vector, since most objects have no more and then need no memory (an allocation of
// each payload that is read). A filter of 64 bits, one for each name, proves most names new. One that it can't
// prove new is compared with the others of a small object at once; a larger object goes through an
// open-addressed table of twice its size under the standard library's keyed hash, so that the work grows with
// the text whatever its names.

/// The names of all open objects, those of the innermost last.
struct MemberNames {
  /// Up to this many names, comparing costs less than the table.
  private static let maximumComparedCount = 16

  private var first = SIMD16<UInt64>()
  private var rest: [UInt64] = []
  private(set) var count = 0
  private var filter: UInt64 = 0
  /// The index of the last name that was found to repeat another of its object.
  private var duplicate = -1
  /// True when a name of a large object may repeat another.
  private var needsTable = false

  var isEmpty: Bool { count == 0 }

  private subscript(index: Int) -> JSONString {
    JSONString(packed: index < first.scalarCount ? first[index] : rest[index - first.scalarCount])
  }

  /// Appends a name of the object whose first name has the index `start`.
  mutating func append(_ name: JSONString, in bytes: Span<UInt8>, objectStart start: Int) {
    let bit = name.filterBit(in: bytes)
    if filter & bit != 0 {
      if count - start >= Self.maximumComparedCount {
        needsTable = true
      } else if (start..<count).contains(where: { name.isEqual(to: self[$0], in: bytes) }) {
        duplicate = count
      }
    }
    filter |= bit
    if count < first.scalarCount {
      first[count] = name.packed
    } else {
      rest.append(name.packed)
    }
    count += 1
  }

  mutating func removeAll(from index: Int) {
    count = index
    rest.removeLast(rest.count - max(0, index - first.scalarCount))
  }

  /// True when two of the names from `start` on are the same.
  func haveDuplicate(from start: Int, in bytes: Span<UInt8>) -> Bool {
    if duplicate >= start { return true }
    return needsTable && count - start > Self.maximumComparedCount
      && tableFindsDuplicate(from: start, in: bytes)
  }

  private func tableFindsDuplicate(from start: Int, in bytes: Span<UInt8>) -> Bool {
    let unused = -1
    var capacity = 64
    while capacity < (count - start) * 2 { capacity *= 2 }
    var table = [Int](repeating: unused, count: capacity)
    for index in start..<count {
      var slot = self[index].hash(in: bytes) & (capacity - 1)
      while table[slot] != unused {
        if self[table[slot]].isEqual(to: self[index], in: bytes) { return true }
        slot = (slot + 1) & (capacity - 1)
      }
      table[slot] = index
    }
    return false
  }
}

extension JSONString {
  /// The one bit of 64 that the value's first eight bytes choose.
  ///
  /// The factor is one of splitmix64's, under which the claims of RFC 7519 and of this package's
  /// tokens all choose different bits.
  fileprivate func filterBit(in bytes: Span<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    if isEscaped {
      var cursor = JSONStringCursor(self)
      var shift: UInt64 = 0
      while shift < 64, let byte = cursor.next(bytes) {
        head |= UInt64(byte) &<< shift
        shift &+= 8
      }
    } else {
      head = bytes.extracting(start..<end).paddedWord(at: 0)
    }
    return 1 &<< ((head &* 0xbf58_476d_1ce4_e5b9) &>> 58)
  }

  /// Both ends in 31 bits each, more than any text that is read has, and the mark of an escape.
  fileprivate var packed: UInt64 {
    UInt64(truncatingIfNeeded: start) &<< 32 | UInt64(truncatingIfNeeded: end) &<< 1
      | (isEscaped ? 1 : 0)
  }

  fileprivate init(packed: UInt64) {
    self.init(
      start: Int(truncatingIfNeeded: packed &>> 32),
      end: Int(truncatingIfNeeded: packed &>> 1 & 0x7fff_ffff), isEscaped: packed & 1 == 1)
  }
}
