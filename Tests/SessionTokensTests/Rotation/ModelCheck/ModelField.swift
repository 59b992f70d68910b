// SPDX-License-Identifier: Apache-2.0

/// The place of a number in a state: some bits of one of its words.
struct ModelField {
  let word: Int
  let shift: UInt64
  let mask: UInt64

  private init(_ word: Int, from bit: Int, width: Int) {
    self.word = word
    shift = UInt64(bit)
    mask = 1 << UInt64(width) - 1
  }

  /// The number of the row in the store, 0 when it is deleted.
  static let row = ModelField(0, from: 0, width: 16)
  /// The number of the row in the backup, 0 when there is none.
  static let backup = ModelField(0, from: 16, width: 16)
  /// The number of the blob in the app's store, 0 when the store is empty.
  static let device = ModelField(0, from: 32, width: 12)
  /// The index of the moment.
  static let time = ModelField(0, from: 44, width: 4)
  /// 1 once the end of the session was requested.
  static let ending = ModelField(0, from: 48, width: 1)
  /// 1 once the backup was restored.
  static let restored = ModelField(0, from: 49, width: 1)
  /// The number of the thief's token, 0 before the theft.
  static let loot = ModelField(0, from: 50, width: 10)
  /// The number of the thief's stolen key.
  static let lootedKey = ModelField(1, from: 54, width: 10)
  /// The generations that the user received, one bit each, while a thief is modeled.
  static let userGot = ModelField(4, from: 48, width: 8)
  /// The generations that the thief received.
  static let thiefGot = ModelField(4, from: 56, width: 8)

  /// The state of a process of the app.
  static func process(_ index: Int) -> ModelField {
    ModelField(1, from: index * 27, width: 27)
  }

  /// The state of a server.
  static func worker(_ index: Int) -> ModelField {
    ModelField(2 + index / 2, from: index % 2 * 32, width: 32)
  }

  /// The number of a message in flight, 0 for none.
  static func message(_ index: Int) -> ModelField {
    ModelField(4, from: index * 12, width: 12)
  }
}
