import Testing

@testable import SessionTokens

@Suite struct RestorationConfigurationTests {
  private typealias Configuration = SessionRestoration.Configuration

  @Test func `the standard is a margin and a timeout of a minute, and pauses of five`() throws {
    let standard = Configuration.standard
    #expect(standard.margin == .seconds(60))
    #expect(standard.requestTimeout == .seconds(60))
    #expect(standard.longestBackoff == .seconds(300))
    #expect(try Configuration() == standard)
    #expect(SessionRestoration() == SessionRestoration(configuration: standard))
  }

  @Test(arguments: [0, 1, 60, 3_599, 3_600] as [Int64])
  func `a margin of 0 to 3600 s is taken`(_ seconds: Int64) throws {
    let configuration = try Configuration(margin: .seconds(seconds))
    #expect(configuration.margin == .seconds(seconds))
    #expect(configuration.requestTimeout == .seconds(60))
    #expect(configuration.longestBackoff == .seconds(300))
  }

  @Test(arguments: [.min, -1, 3_601, .max] as [Int64])
  func `another margin is not`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("margin", "0 … 3600 s")) {
      try Configuration(margin: .seconds(seconds))
    }
  }

  @Test(arguments: [1, 2, 599, 600] as [Int64])
  func `a timeout of 1 to 600 s is taken`(_ seconds: Int64) throws {
    let configuration = try Configuration(requestTimeout: .seconds(seconds))
    #expect(configuration.requestTimeout == .seconds(seconds))
    #expect(configuration.margin == .seconds(60))
  }

  @Test(arguments: [.min, -1, 0, 601, .max] as [Int64])
  func `another timeout is not`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("requestTimeout", "1 … 600 s")) {
      try Configuration(requestTimeout: .seconds(seconds))
    }
  }

  @Test(arguments: [1, 2, 86_399, 86_400] as [Int64])
  func `a longest pause of 1 to 86400 s is taken`(_ seconds: Int64) throws {
    let configuration = try Configuration(longestBackoff: .seconds(seconds))
    #expect(configuration.longestBackoff == .seconds(seconds))
    #expect(configuration.margin == .seconds(60))
  }

  @Test(arguments: [.min, -1, 0, 86_401, .max] as [Int64])
  func `another longest pause is not`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("longestBackoff", "1 … 86400 s")) {
      try Configuration(longestBackoff: .seconds(seconds))
    }
  }

  @Test(arguments: [.milliseconds(1_500), .nanoseconds(1), .seconds(60) - .nanoseconds(1)])
  func `fractions of a second are refused`(_ duration: Duration) {
    #expect(throws: ConfigurationError.notWholeSeconds("margin")) {
      try Configuration(margin: duration)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("requestTimeout")) {
      try Configuration(requestTimeout: duration)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("longestBackoff")) {
      try Configuration(longestBackoff: duration)
    }
  }
}
