@testable import SessionTokens

/// A machine with its clock and its source of randomness.
///
/// Times are seconds after session 1 came.
struct RestorationDriver {
  var machine: SessionRestoration
  var source = ConstantSource()
  private(set) var time: Int64 = 0

  init(configuration: SessionRestoration.Configuration = .standard) {
    machine = SessionRestoration(configuration: configuration)
  }

  var state: SessionRestoration.State { machine.state }

  var access: SessionRestoration.Access { machine.access(at: .receipt(time)) }

  /// Tells an event at a time, or at that of the event before.
  @discardableResult
  mutating func tell(
    _ event: SessionRestoration.Event, at seconds: Int64? = nil
  ) -> [SessionRestoration.Effect] {
    time = seconds ?? time
    return machine.handle(event, at: .receipt(time), using: &source)
  }

  /// Launches at a time and reads the store.
  @discardableResult
  mutating func launch(
    _ reading: StoredSession.Reading, at seconds: Int64
  ) -> [SessionRestoration.Effect] {
    tell(.launched, at: seconds)
    return tell(.storeRead(reading))
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
