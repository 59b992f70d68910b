// SPDX-License-Identifier: Apache-2.0

/// A state of the whole model in five words.
struct ModelState: Equatable {
  private var word0: UInt64 = 0
  private var word1: UInt64 = 0
  private var word2: UInt64 = 0
  private var word3: UInt64 = 0
  private var word4: UInt64 = 0

  subscript(field: ModelField) -> Int {
    get { Int(truncatingIfNeeded: self[word: field.word] &>> field.shift & field.mask) }
    set {
      let value = UInt64(truncatingIfNeeded: newValue)
      precondition(value <= field.mask, "a number of the model does not fit its field")
      let word = self[word: field.word] & ~(field.mask &<< field.shift)
      self[word: field.word] = word | value &<< field.shift
    }
  }

  private subscript(word index: Int) -> UInt64 {
    get {
      switch index {
      case 0: word0
      case 1: word1
      case 2: word2
      case 3: word3
      default: word4
      }
    }
    set {
      switch index {
      case 0: word0 = newValue
      case 1: word1 = newValue
      case 2: word2 = newValue
      case 3: word3 = newValue
      default: word4 = newValue
      }
    }
  }

  /// Where the search for the state in a table begins.
  var hash: UInt64 {
    var hash = word0 &* 0x9e37_79b9_7f4a_7c15
    hash = (hash ^ hash &>> 32 ^ word1) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ hash &>> 32 ^ word2) &* 0x94d0_49bb_1331_11eb
    hash = (hash ^ hash &>> 32 ^ word3) &* 0xd6e8_feb8_6659_fd93
    hash = (hash ^ hash &>> 32 ^ word4) &* 0x9e37_79b9_7f4a_7c15
    return hash ^ hash &>> 32
  }
}

extension ModelState {
  /// The state of a process of the app.
  subscript(process index: Int) -> ModelProcess {
    get { ModelProcess(packed: self[.process(index)]) }
    set { self[.process(index)] = newValue.packed }
  }

  /// The state of a server.
  subscript(worker index: Int) -> ModelWorker {
    get { ModelWorker(packed: self[.worker(index)]) }
    set { self[.worker(index)] = newValue.packed }
  }

  /// Puts a message in flight, the larger numbers first and each at most once.
  ///
  /// - Returns: False if there is no room.
  mutating func add(message: Int, limit: Int) -> Bool {
    var place = 0
    while place < limit, self[.message(place)] > message { place += 1 }
    if place < limit, self[.message(place)] == message { return true }
    guard limit > 0, self[.message(limit - 1)] == 0 else { return false }
    var index = limit - 1
    while index > place {
      self[.message(index)] = self[.message(index - 1)]
      index -= 1
    }
    self[.message(place)] = message
    return true
  }

  /// Takes the message in that place out of flight.
  mutating func removeMessage(at place: Int, limit: Int) {
    for index in place..<limit {
      self[.message(index)] = index + 1 < limit ? self[.message(index + 1)] : 0
    }
  }
}
