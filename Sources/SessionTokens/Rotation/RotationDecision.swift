// SPDX-License-Identifier: Apache-2.0

/// The decision about a refresh request: whether to write the record, and whether to issue tokens.
///
/// The server decides, writes the ``update``, if any, by compare-and-swap, and then sends the ``answer``.
/// When the compare-and-swap fails, it reads the record again and decides anew; after five failures it
/// responds with 503.
///
/// No case will be added: switch over the enum without a `default`, since the server must act on each case.
public enum RotationDecision: Sendable, Equatable {
  /// Write the update, then send the new tokens.
  case rotate(TokenPair, after: SessionUpdate)
  /// Send the tokens of the last rotation again; there is nothing to write.
  case replay(TokenPair)
  /// Write the update, which ends the session, then refuse.
  case revoke(Refusal, after: SessionUpdate)
  /// Refuse; there is nothing to write.
  case refuse(Refusal)

  /// The update to write before the answer is sent; `nil` when the record doesn't change.
  public var update: SessionUpdate? {
    switch self {
    case .rotate(_, let update), .revoke(_, let update): update
    case .replay, .refuse: nil
    }
  }

  /// The answer to send after the ``update`` is written.
  public var answer: Result<TokenPair, Refusal> {
    switch self {
    case .rotate(let pair, _), .replay(let pair): .success(pair)
    case .revoke(let refusal, _), .refuse(let refusal): .failure(refusal)
    }
  }
}

/// A record to write by compare-and-swap: only if the row still has the expected version.
public struct SessionUpdate: Sendable, Equatable {
  /// The version that the stored record must still have.
  public let expectedVersion: Int64

  /// The record that replaces it.
  public let record: SessionRecord
}

extension RotationDecision: Redacted {
  /// One line for a log: the decision, the session if the record changes, and the refusal; never a token.
  public var description: String {
    switch self {
    case .rotate(_, let update): "rotate to \(update.record)"
    case .replay(let pair): "replay \(pair)"
    case .revoke(let refusal, let update): "revoke \(update.record): \(refusal.code.rawValue)"
    case .refuse(let refusal): "refuse: \(refusal.code.rawValue)"
    }
  }
}
