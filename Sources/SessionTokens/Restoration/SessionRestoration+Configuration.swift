extension SessionRestoration {
  /// The app's numbers: whole seconds.
  public struct Configuration: Sendable, Hashable {
    let margin: Duration
    let requestTimeout: Duration
    let longestBackoff: Duration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - margin: How long before its end an access token is renewed, 0 … 3,600 s; at most a quarter
    ///     of its lifetime counts.
    ///   - requestTimeout: How long an answer is waited for, 1 … 600 s. Give HTTP requests the same.
    ///   - longestBackoff: The longest pause between attempts where the server asks for none, 1 …
    ///     86,400 s.
    /// - Throws: For the first number that is not as above, ``ConfigurationError/notWholeSeconds(_:)``
    ///   when it has a fraction of a second, else ``ConfigurationError/outOfRange(_:_:)``.
    public init(
      margin: Duration = .seconds(60), requestTimeout: Duration = .seconds(60),
      longestBackoff: Duration = .seconds(300)
    ) throws(ConfigurationError) {
      guard 0...3_600 ~= (try margin.wholeSeconds(named: "margin")) else {
        throw .outOfRange("margin", "0 … 3600 s")
      }
      guard 1...600 ~= (try requestTimeout.wholeSeconds(named: "requestTimeout")) else {
        throw .outOfRange("requestTimeout", "1 … 600 s")
      }
      guard 1...86_400 ~= (try longestBackoff.wholeSeconds(named: "longestBackoff")) else {
        throw .outOfRange("longestBackoff", "1 … 86400 s")
      }
      self.init(
        checkedMargin: margin, requestTimeout: requestTimeout, longestBackoff: longestBackoff)
    }

    private init(checkedMargin: Duration, requestTimeout: Duration, longestBackoff: Duration) {
      margin = checkedMargin
      self.requestTimeout = requestTimeout
      self.longestBackoff = longestBackoff
    }

    /// A margin of 60 s, a timeout of 60 s, a longest pause of 300 s.
    public static var standard: Configuration {
      Configuration(
        checkedMargin: .seconds(60), requestTimeout: .seconds(60), longestBackoff: .seconds(300))
    }
  }
}
