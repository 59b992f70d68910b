/// What to do about a refresh request: whether to write, and whether to hand out tokens.
///
/// A host's loop is three lines: decide; when there is an ``update``, compare-and-swap it and on a
/// lost swap reload and decide again; then give the ``answer``. After five lost swaps answer 503.
/// The enum is closed: a further case would be a further thing that hosts must do.
public enum RotationDecision: Sendable, Hashable {
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
