/// What to do about a refresh request: whether to write, and whether to hand out tokens.
///
/// A host's loop is three lines: decide; when there is an ``update``, compare-and-swap it and on a
/// lost swap reload and decide again; then give the ``answer``. After five lost swaps answer 503.
/// The enum is closed: a further case would be a further thing that hosts must do.
public enum RotationDecision: Sendable, Equatable {
  /// Write, then answer the pair.
  case rotate(TokenPair, after: SessionUpdate)
  /// Answer the pair, which was handed out before; nothing to write.
  case replay(TokenPair)
  /// Write, then refuse: the session ends here.
  case revoke(Refusal, after: SessionUpdate)
  /// Refuse; nothing to write.
  case refuse(Refusal)

  /// What must be written before the answer is given; `nil` when nothing changes.
  public var update: SessionUpdate? {
    switch self {
    case .rotate(_, let update), .revoke(_, let update): update
    case .replay, .refuse: nil
    }
  }

  /// What to answer once the ``update`` is written.
  public var answer: Result<TokenPair, Refusal> {
    switch self {
    case .rotate(let pair, _), .replay(let pair): .success(pair)
    case .revoke(let refusal, _), .refuse(let refusal): .failure(refusal)
    }
  }
}

/// A record to write by compare-and-swap.
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
  /// One line for a log: what was decided, for which session, and why; never a token.
  public var description: String {
    switch self {
    case .rotate(_, let update): "rotate to \(update.record)"
    case .replay(let pair): "replay \(pair)"
    case .revoke(let refusal, let update): "revoke \(update.record): \(refusal.code.rawValue)"
    case .refuse(let refusal): "refuse: \(refusal.code.rawValue)"
    }
  }
}
