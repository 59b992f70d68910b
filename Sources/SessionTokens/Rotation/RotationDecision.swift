// SPDX-License-Identifier: Apache-2.0

/// The decision about a refresh request: what to write, and what to answer.
///
/// The host decides, writes the ``update`` if there is one, and sends the ``answer``. It writes by
/// compare-and-swap: if the row changed since it was read, it reloads the row and decides again. After five lost
/// swaps it answers 503. The enum is closed, because a further case would be a further duty of hosts.
public enum RotationDecision: Sendable, Equatable {
  /// Write the update, then send the pair.
  case rotate(TokenPair, after: SessionUpdate)
  /// Send the pair again, which was issued before; write nothing.
  case replay(TokenPair)
  /// Write the update, which ends the session, then refuse.
  case revoke(Refusal, after: SessionUpdate)
  /// Refuse; write nothing.
  case refuse(Refusal)

  /// The update to write before the answer is sent; `nil` when nothing changes.
  public var update: SessionUpdate? {
    switch self {
    case .rotate(_, let update), .revoke(_, let update): update
    case .replay, .refuse: nil
    }
  }

  /// The answer to send once the ``update`` is written.
  public var answer: Result<TokenPair, Refusal> {
    switch self {
    case .rotate(let pair, _), .replay(let pair): .success(pair)
    case .revoke(let refusal, _), .refuse(let refusal): .failure(refusal)
    }
  }
}

/// A record to write by compare-and-swap: only if the row still has the expected version.
public struct SessionUpdate: Sendable, Equatable {
  /// The version that the stored row must still have.
  public let expectedVersion: Int64

  /// The row that replaces it.
  public let record: SessionRecord

  init(expectedVersion: Int64, record: SessionRecord) {
    self.expectedVersion = expectedVersion
    self.record = record
  }
}

extension RotationDecision: Redacted {
  /// One line for a log with the decision, the session and the reason; never a token.
  public var description: String {
    switch self {
    case .rotate(_, let update): "rotate to \(update.record)"
    case .replay(let pair): "replay \(pair)"
    case .revoke(let refusal, let update): "revoke \(update.record): \(refusal.code.rawValue)"
    case .refuse(let refusal): "refuse: \(refusal.code.rawValue)"
    }
  }
}
