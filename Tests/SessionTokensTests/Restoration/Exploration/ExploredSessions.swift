@testable import SessionTokens

/// The sessions that the store can hold, by number.
final class ExploredSessions {
  var accessTokens = Interner<String>()
  private let server: ExplorationServer
  private var sessions: [StoredSession] = []
  private var shapes = Interner<SessionShape>()
  private var readings: [Int: StoredSession.Reading] = [:]

  init(_ server: ExplorationServer) {
    self.server = server
  }

  /// The session of a number: they count from 1.
  subscript(session: Int) -> StoredSession { sessions[session - 1] }

  /// The session's number.
  func number(of session: StoredSession) -> Int {
    let shape = SessionShape(
      accessToken: accessTokens.number(of: session.accessToken), expiresIn: session.expiresIn,
      refreshToken: session.refreshToken.map { server.refreshTokens.number(of: $0) },
      refreshTokenExpiresIn: session.refreshTokenExpiresIn,
      receivedAt: session.receivedAt.secondsSinceEpoch, idempotencyKey: session.idempotencyKey)
    let number = shapes.number(of: shape)
    if number > sessions.count { sessions.append(session) }
    return number
  }

  /// The number of the session's access token.
  func accessToken(of session: Int) -> Int {
    accessTokens.number(of: self[session].accessToken)
  }

  /// The sign-in and the generation of a session's refresh token.
  func origin(of session: Int) -> (ordinal: Int, generation: Int64)? {
    guard let refreshToken = self[session].refreshToken else { return nil }
    return try? server.origin(of: server.refreshTokens.number(of: refreshToken))
  }

  /// What a look into the store finds, by way of the bytes; `nil` for a locked one.
  func reading(_ content: StoreContent?) -> StoredSession.Reading {
    switch content {
    case nil: return .locked
    case .empty?: return StoredSession.Reading(bytes: [UInt8]?.none)
    case .corrupt?: return StoredSession.Reading(bytes: Array("{}".utf8))
    case .session(let number)?:
      if let reading = readings[number] { return reading }
      let reading = StoredSession.Reading(bytes: self[number].bytes)
      readings[number] = reading
      return reading
    }
  }

  /// What the store holds of a sign-in's answer.
  func stored(_ answer: Int, withRefreshToken: Bool) -> StoreContent {
    guard case .tokens(let response) = server.answers[answer] else { return .empty }
    var generator = ExplorationGenerator(jitter: 0, ordinal: 0)
    let tokens = TokenResponse.sample(
      response.accessToken, expiresIn: response.expiresIn,
      refreshToken: withRefreshToken ? response.refreshToken : nil,
      refreshTokenExpiresIn: withRefreshToken ? response.refreshTokenExpiresIn : nil)
    return .session(
      number(of: StoredSession(tokens, at: ExplorationServer.epoch, using: &generator)))
  }
}
