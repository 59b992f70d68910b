// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A row of the server's store and its true history, which no code under test can see or change.
struct ModelRow: Hashable {
  /// One rotation that was written.
  struct Rotation: Hashable {
    /// The generation that was presented.
    let from: Int64
    /// The number of the request's key, 0 for none.
    let key: Int
    /// The number of the pair in the response.
    let pair: Int
    /// The time of the rotation by its server's clock, never before the previous rotation.
    let at: Int64
  }

  let record: SessionRecord
  /// All rotations that led to this row, oldest first; those that a restored backup has undone are
  /// not among them.
  let rotations: [Rotation]
  let openedAt: Int64
  /// True once the end of the session was written.
  let isEnded: Bool

  /// The time of the last rotation, or of the opening.
  var movedAt: Int64 { rotations.last?.at ?? openedAt }

  /// The rotation of a generation, if this row knows of it.
  func rotation(of generation: Int64) -> Rotation? {
    rotations.last { $0.from == generation }
  }

  /// The first second at which the window is closed, if idleness counts from `moved`.
  func end(movedAt moved: Int64) -> Int64 {
    min(openedAt + ModelPolicy.refreshTTL, moved + ModelPolicy.idleTTL)
  }
}
