extension SessionRestoration {
  /// Names one effect, so that a late answer is told from the one awaited.
  public struct Ticket: Sendable, Hashable {
    let number: UInt64
  }
}
