// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

@Suite struct RestorationConfigurationTests {
  private typealias Configuration = SessionRestoration.Configuration

  @Test func `the standard is a margin and a timeout of 60 s, and pauses of 300 s`() throws {
    let standard = Configuration.standard
    #expect(standard.margin == .seconds(60))
    #expect(standard.requestTimeout == .seconds(60))
    #expect(standard.maximumBackoff == .seconds(300))
    #expect(standard.maximumRetryAfter == .seconds(900))
    #expect(!standard.sharesStore)
    #expect(try Configuration() == standard)
    #expect(SessionRestoration() == SessionRestoration(configuration: standard))
  }

  @Test(arguments: [0, 1, 60, 3_599, 3_600] as [Int64])
  func `a margin of 0 … 3600 s is accepted`(_ seconds: Int64) throws {
    let configuration = try Configuration(margin: .seconds(seconds))
    #expect(configuration.margin == .seconds(seconds))
    #expect(configuration.requestTimeout == .seconds(60))
    #expect(configuration.maximumBackoff == .seconds(300))
  }

  @Test(arguments: [.min, -1, 3_601, .max] as [Int64])
  func `a margin outside 0 … 3600 s is refused`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("margin", "0 … 3600 s")) {
      try Configuration(margin: .seconds(seconds))
    }
  }

  @Test(arguments: [1, 2, 599, 600] as [Int64])
  func `a timeout of 1 … 600 s is accepted`(_ seconds: Int64) throws {
    let configuration = try Configuration(requestTimeout: .seconds(seconds))
    #expect(configuration.requestTimeout == .seconds(seconds))
    #expect(configuration.margin == .seconds(60))
  }

  @Test(arguments: [.min, -1, 0, 601, .max] as [Int64])
  func `a timeout outside 1 … 600 s is refused`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("requestTimeout", "1 … 600 s")) {
      try Configuration(requestTimeout: .seconds(seconds))
    }
  }

  @Test(arguments: [1, 2, 86_399, 86_400] as [Int64])
  func `a maximum pause of 1 … 86400 s is accepted`(_ seconds: Int64) throws {
    let configuration = try Configuration(maximumBackoff: .seconds(seconds))
    #expect(configuration.maximumBackoff == .seconds(seconds))
    #expect(configuration.margin == .seconds(60))
  }

  @Test(arguments: [.min, -1, 0, 86_401, .max] as [Int64])
  func `a maximum pause outside 1 … 86400 s is refused`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("maximumBackoff", "1 … 86400 s")) {
      try Configuration(maximumBackoff: .seconds(seconds))
    }
  }

  @Test(arguments: [1, 2, 86_399, 86_400] as [Int64])
  func `a maximum Retry-After of 1 … 86400 s is accepted`(_ seconds: Int64) throws {
    let configuration = try Configuration(maximumRetryAfter: .seconds(seconds))
    #expect(configuration.maximumRetryAfter == .seconds(seconds))
    #expect(configuration.maximumBackoff == .seconds(300))
  }

  @Test(arguments: [.min, -1, 0, 86_401, .max] as [Int64])
  func `a maximum Retry-After outside 1 … 86400 s is refused`(_ seconds: Int64) {
    #expect(throws: ConfigurationError.outOfRange("maximumRetryAfter", "1 … 86400 s")) {
      try Configuration(maximumRetryAfter: .seconds(seconds))
    }
  }

  @Test func `a store is shared if the configuration says so`() throws {
    #expect(try Configuration(sharesStore: true).sharesStore)
    #expect(try Configuration(sharesStore: true) != .standard)
  }

  @Test(arguments: [.milliseconds(1_500), .nanoseconds(1), .seconds(60) - .nanoseconds(1)])
  func `fractions of a second are refused`(_ duration: Duration) {
    #expect(throws: ConfigurationError.notWholeSeconds("margin")) {
      try Configuration(margin: duration)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("requestTimeout")) {
      try Configuration(requestTimeout: duration)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("maximumBackoff")) {
      try Configuration(maximumBackoff: duration)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("maximumRetryAfter")) {
      try Configuration(maximumRetryAfter: duration)
    }
  }
}
