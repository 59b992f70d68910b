// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A row of the host's store and its true history, which no code under test can see or change.
struct ModelRow: Hashable {
  /// One rotation that was written.
  struct Rotation: Hashable {
    /// The generation that was presented.
    let from: Int64
    /// The number of the request's key, 0 for none.
    let key: Int
    /// The number of the pair that was answered.
    let pair: Int
    /// When it happened, by the server that did it and never before the rotation before it.
    let at: Int64
  }

  let record: SessionRecord
  /// All rotations that led to this row, oldest first; those that a restored backup has undone are
  /// not among them.
  let rotations: [Rotation]
  let openedAt: Int64
  /// True once the end of the session was written.
  let isEnded: Bool

  /// When the row last rotated, or was opened.
  var movedAt: Int64 { rotations.last?.at ?? openedAt }

  /// The rotation of a generation, when this row knows of it.
  func rotation(of generation: Int64) -> Rotation? {
    rotations.last { $0.from == generation }
  }

  /// The first second at which the window is closed, when idleness counts from `moved`.
  func end(movedAt moved: Int64) -> Int64 {
    min(openedAt + ModelPolicy.refreshTTL, moved + ModelPolicy.idleTTL)
  }
}
