// SPDX-License-Identifier: Apache-2.0

extension SessionRestoration {
  /// The app's settings for ``SessionRestoration``; all durations are whole seconds.
  public struct Configuration: Sendable, Equatable {
    let margin: Duration
    let requestTimeout: Duration
    let maximumBackoff: Duration
    let maximumRetryAfter: Duration
    let sharesStore: Bool

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - margin: How long before its expiry an access token is refreshed, 0 … 3,600 s. The margin that
    ///     applies is never more than a quarter of the token's lifetime.
    ///   - requestTimeout: How long the machine waits for the answer to an effect, 1 … 600 s. Give
    ///     HTTP requests a shorter timeout, so that each ends with an answer.
    ///   - maximumBackoff: The maximum pause between attempts when the server asks for none, 1 …
    ///     86,400 s.
    ///   - maximumRetryAfter: The maximum `Retry-After` that is honored, 1 … 86,400 s. A longer one
    ///     counts as this maximum.
    ///   - sharesStore: True when other processes of the app, such as its extensions, use the same
    ///     store. A session that can't be saved, and may have older tokens there, then waits for the
    ///     store instead of continuing in memory; and a sign-in that couldn't read the store yields to a
    ///     later one that it finds there.
    /// - Throws: For the first invalid duration: ``ConfigurationError/notWholeSeconds(_:)`` if it
    ///   has a fraction of a second, otherwise ``ConfigurationError/outOfRange(_:_:)``.
    public init(
      margin: Duration = .seconds(60), requestTimeout: Duration = .seconds(60),
      maximumBackoff: Duration = .seconds(300), maximumRetryAfter: Duration = .seconds(900),
      sharesStore: Bool = false
    ) throws(ConfigurationError) {
      self.margin = try margin.validated(named: "margin", in: 0...3_600)
      self.requestTimeout = try requestTimeout.validated(named: "requestTimeout", in: 1...600)
      self.maximumBackoff = try maximumBackoff.validated(named: "maximumBackoff", in: 1...86_400)
      self.maximumRetryAfter = try maximumRetryAfter.validated(
        named: "maximumRetryAfter", in: 1...86_400)
      self.sharesStore = sharesStore
    }

    private init() {
      margin = .seconds(60)
      requestTimeout = .seconds(60)
      maximumBackoff = .seconds(300)
      maximumRetryAfter = .seconds(900)
      sharesStore = false
    }

    /// The defaults: margin and timeout 60 s, backoff up to 300 s, `Retry-After` up to 900 s, and a
    /// store that no other process uses.
    public static var standard: Configuration { Configuration() }
  }
}
