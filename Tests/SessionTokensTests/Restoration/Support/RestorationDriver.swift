// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A machine with its clock and its source of randomness, and the effect that it awaits.
///
/// Times are seconds after the receipt of session 1. A method without a time uses that of the
/// previous event.
struct RestorationDriver {
  var machine: SessionRestoration
  var source = ConstantSource()
  private(set) var time: Int64 = 0
  /// The last awaited effect of the machine, which an answer is for.
  private(set) var awaited: SessionRestoration.Effect?

  init(configuration: SessionRestoration.Configuration = .standard) {
    machine = SessionRestoration(configuration: configuration)
  }

  var state: SessionRestoration.State { machine.state }

  var access: SessionRestoration.Access { machine.access(at: .receipt(time)) }

  var ticket: SessionRestoration.Ticket { awaited?.ticket ?? .numbered(0) }

  @discardableResult
  mutating func tell(_ event: SessionRestoration.Event, at seconds: Int64? = nil) -> [Told] {
    time = seconds ?? time
    let effects = machine.handle(event, at: .receipt(time), using: &source)
    if let last = effects.last, last.ticket != nil { awaited = last }
    return effects.map { Told($0) }
  }

  @discardableResult
  mutating func read(_ reading: StoredSession.Reading, at seconds: Int64? = nil) -> [Told] {
    tell(.storeRead(ticket, reading), at: seconds)
  }

  @discardableResult
  mutating func read(_ session: StoredSession, at seconds: Int64? = nil) -> [Told] {
    read(.found(session), at: seconds)
  }

  @discardableResult
  mutating func saved(at seconds: Int64? = nil) -> [Told] { tell(.saved(ticket), at: seconds) }

  @discardableResult
  mutating func saveFailed(at seconds: Int64? = nil) -> [Told] {
    tell(.saveFailed(ticket), at: seconds)
  }

  @discardableResult
  mutating func erased(at seconds: Int64? = nil) -> [Told] { tell(.erased(ticket), at: seconds) }

  @discardableResult
  mutating func eraseFailed(at seconds: Int64? = nil) -> [Told] {
    tell(.eraseFailed(ticket), at: seconds)
  }

  @discardableResult
  mutating func answer(_ answer: RefreshAnswer, at seconds: Int64? = nil) -> [Told] {
    tell(.answered(ticket, answer), at: seconds)
  }

  /// Signs in with the tokens of a number, as a session of that number.
  @discardableResult
  mutating func signIn(
    _ number: Int, lifetime: Int64 = 900, hasRefreshToken: Bool = true, at seconds: Int64? = nil
  ) -> [Told] {
    let source = source
    self.source = ConstantSource(word: UInt64(number))
    defer { self.source = source }
    return tell(
      .signedIn(.numbered(number, lifetime: lifetime, hasRefreshToken: hasRefreshToken)),
      at: seconds)
  }

  /// Launches at a time and reads the store.
  @discardableResult
  mutating func launch(_ reading: StoredSession.Reading, at seconds: Int64) -> [Told] {
    tell(.launched, at: seconds)
    return read(reading)
  }

  /// A machine that was launched with a session in the store.
  static func launched(
    _ session: StoredSession = .numbered(1), at seconds: Int64,
    configuration: SessionRestoration.Configuration = .standard
  ) -> RestorationDriver {
    var driver = RestorationDriver(configuration: configuration)
    driver.launch(.found(session), at: seconds)
    return driver
  }
}

extension SessionRestoration.Configuration {
  /// The standard configuration, with a store that other processes of the app use too.
  static func sharingStore() throws -> Self {
    try SessionRestoration.Configuration(sharesStore: true)
  }
}
