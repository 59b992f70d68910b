extension SessionRestoration {
  /// A wait that began at a moment: a clock set back to before then ends it.
  struct Pause: Sendable, Hashable {
    let since: NumericDate
    let length: Duration

    /// How much of the wait is left; `nil` when it is over.
    func left(at now: NumericDate) -> Duration? {
      now < since || now - since >= length ? nil : length - (now - since)
    }
  }
}
