// SPDX-License-Identifier: Apache-2.0

// Member names of the objects being read, and the search for duplicates among them (RFC 7493 §2.3).
//
// Implementation: names compare by their bytes with escapes resolved, never by canonical equivalence. Most
// objects have at most sixteen names. One vector holds the first sixteen, which saves an allocation for each
// payload. A 64-bit filter, in which each name sets one bit, proves most names new. In a small object, a name
// that the filter can't prove new is compared with the earlier names at once. The names of a larger object go
// through an open-addressed table of at least twice their count, under the standard library's keyed hash, so
// that the work is linear in the text for any names.

/// The member names of all open objects, the innermost object's last.
struct MemberNames: ~Copyable {
  /// The maximum number of names for which comparing costs less than the table.
  private static let maximumComparedCount = 16

  private var firstNames = SIMD16<UInt64>()
  private var otherNames: [UInt64] = []
  private(set) var count = 0
  private var filter: UInt64 = 0
  /// The index of the last name found to repeat an earlier one of its object; -1 if there is none.
  private var duplicate = -1
  /// True when a name of a large object may repeat an earlier one.
  private var needsTable = false

  var isEmpty: Bool { count == 0 }

  private subscript(index: Int) -> JSONString {
    JSONString(
      packed: index < firstNames.scalarCount
        ? firstNames[index] : otherNames[index - firstNames.scalarCount])
  }

  /// Appends a name of the object whose first name is at index `start`.
  mutating func append(_ name: JSONString, in bytes: Span<UInt8>, objectStart start: Int) {
    let bit = name.filterBit(in: bytes)
    if filter & bit != 0 {
      if count &- start >= Self.maximumComparedCount {
        needsTable = true
      } else if (start..<count).contains(where: { name.isEqual(to: self[$0], in: bytes) }) {
        duplicate = count
      }
    }
    filter |= bit
    if count < firstNames.scalarCount {
      firstNames[count] = name.packed
    } else {
      otherNames.append(name.packed)
    }
    count &+= 1
  }

  mutating func removeAll(from index: Int) {
    count = index
    otherNames.removeLast(otherNames.count - max(0, index - firstNames.scalarCount))
  }

  /// Returns true when two names from `start` on are equal.
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
  /// Returns the filter bit that the first eight bytes of the value choose.
  ///
  /// The factor is one of splitmix64's. With it, the claims of RFC 7519 and of this package's tokens all
  /// choose different bits.
  @inline(__always)
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

  /// The start and end in 31 bits each, more than any text needs, and `isEscaped` in one bit.
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
