// SPDX-License-Identifier: Apache-2.0

/// A fuzz target, by the name for `--target=`.
enum FuzzTarget: String, CaseIterable {
  case base64URL = "base64url"
  case json
  case token
  case sessionToken = "session-token"
  case tokenResponse = "token-response"
  case storedSession = "stored-session"
  case sessionRecord = "session-record"
  case keyRing = "key-ring"
  case refreshAnswer = "refresh-answer"
  case rotation
  case restoration

  /// The target on the command line.
  static let selected: FuzzTarget = {
    let option = "--target="
    let name = CommandLine.arguments.last { $0.hasPrefix(option) }?.dropFirst(option.count)
    guard let target = name.flatMap({ FuzzTarget(rawValue: String($0)) }) else {
      fatalError("\(option) takes one of \(allCases.map(\.rawValue))")
    }
    return target
  }()

  func run(_ bytes: [UInt8]) {
    switch self {
    case .base64URL: fuzzBase64URL(bytes)
    case .json: fuzzJSON(bytes)
    case .token: fuzzToken(bytes)
    case .sessionToken: fuzzSessionToken(bytes)
    case .tokenResponse: fuzzTokenResponse(bytes)
    case .storedSession: fuzzStoredSession(bytes)
    case .sessionRecord: fuzzSessionRecord(bytes)
    case .keyRing: fuzzKeyRing(bytes)
    case .refreshAnswer: fuzzRefreshAnswer(bytes)
    case .rotation: fuzzRotation(bytes)
    case .restoration: fuzzRestoration(bytes)
    }
  }
}
