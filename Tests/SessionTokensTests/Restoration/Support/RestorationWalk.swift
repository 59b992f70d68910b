// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A machine in an arbitrary world: a store that fails, misreads and locks, a server with arbitrary
/// answers, answers that are late, repeated or foreign, and a clock that jumps.
struct RestorationWalk {
  private(set) var machine: SessionRestoration
  private(set) var time: Int64 = 0
  /// The awaited effects of the last arrays, the newest at the end; older ones may still be
  /// answered.
  private(set) var asked: [SessionRestoration.Effect] = []
  private var source: SeededGenerator
  private var number = 1
  private var stored: StoredSession? = .numbered(1)
  private var isLocked = false
  private var isTorn = false

  init(seed: UInt64) throws {
    source = SeededGenerator(seed: seed)
    machine = SessionRestoration(
      configuration: try SessionRestoration.Configuration(sharesStore: seed % 2 == 0))
  }

  /// Passes one event to the machine, and returns it with its effects.
  mutating func step() -> (event: SessionRestoration.Event, effects: [SessionRestoration.Effect]) {
    time += [0, 0, 1, 5, 90][Int(source.next() % 5)]
    if source.next() % 40 == 0 { time += Int64.random(in: -4_000...4_000, using: &source) }
    let event = event()
    return (event, tell(event))
  }

  /// Makes the world well, and returns the number of events until it is at rest.
  mutating func recover(limit: Int) -> Int? {
    (isLocked, isTorn) = (false, false)
    _ = tell(.launched)
    for count in 1...limit {
      switch (machine.memory.awaited, asked.last) {
      case (.some, .readStore(let ticket)?): _ = tell(.storeRead(ticket, reading))
      case (.some, .save(let session, let ticket)?):
        stored = session
        _ = tell(.saved(ticket))
      case (.some, .erase(let ticket)?):
        stored = nil
        _ = tell(.erased(ticket))
      case (.some, .refresh(_, let ticket)?):
        _ = tell(.answered(ticket, .tokens(response(lifetime: 900))))
      default:
        let pause = machine.memory.pause?.wait.left(at: .receipt(time))
        guard let pause else { return count }
        time += pause.components.seconds
        _ = tell(.timePassed)
      }
    }
    return nil
  }

  private mutating func tell(_ event: SessionRestoration.Event) -> [SessionRestoration.Effect] {
    let effects = machine.handle(event, at: .receipt(time), using: &source)
    if let last = effects.last, last.ticket != nil { asked = asked.suffix(3) + [last] }
    return effects
  }

  private var reading: StoredSession.Reading {
    if isLocked { return .locked }
    if isTorn { return .corrupt }
    return stored.map { .found($0) } ?? .empty
  }

  private mutating func event() -> SessionRestoration.Event {
    switch source.next() % 32 {
    case 0..<20:
      let isLate = source.next() % 16 == 0
      guard let effect = isLate ? asked.randomElement(using: &source) : asked.last else {
        return .launched
      }
      return answer(to: effect) ?? .timePassed
    case 20..<26: return .timePassed
    case 26: return .retryRequested
    case 27:
      return .accessRefused(accessToken: machine.memory.session?.inUse?.accessToken.text ?? "none")
    case 28: return source.next() % 6 == 0 ? .signedOutByUser : .launched
    case 29: return source.next() % 4 == 0 ? .signedIn(response()) : .timePassed
    case 30:
      switch source.next() % 6 {
      case 0: isLocked.toggle()
      case 1: isTorn.toggle()
      case 2: stored = nil
      // Another process of the app rotates, or signs in another user.
      case 3: stored = found(session: stored.map { $0.blob.name } ?? SessionName(bits: 1))
      case 4: stored = found(session: SessionName(bits: source.next()))
      default: (isLocked, isTorn) = (false, false)
      }
      return .timePassed
    default:
      return .answered(.numbered(source.next() % 64, machine: 1), .tokens(response()))
    }
  }

  private mutating func answer(
    to effect: SessionRestoration.Effect
  ) -> SessionRestoration.Event? {
    switch effect {
    case .readStore(let ticket):
      return .storeRead(ticket, source.next() % 12 == 0 ? .empty : reading)
    case .save(let session, let ticket):
      let (isDone, isReported) = (source.next() % 4 != 0, source.next() % 4 != 0)
      if isDone { stored = session }
      return isReported && isDone ? .saved(ticket) : .saveFailed(ticket)
    case .erase(let ticket):
      let (isDone, isReported) = (source.next() % 2 != 0, source.next() % 2 != 0)
      if isDone { stored = nil }
      return isReported ? .erased(ticket) : .eraseFailed(ticket)
    case .refresh(_, let ticket):
      switch source.next() % 10 {
      case 0: return .answered(ticket, .unreachable)
      case 1: return .answered(ticket, .unavailable(retryAfter: .milliseconds(2_500), code: nil))
      case 2: return .answered(ticket, .refused(.clockSkew))
      case 3: return .answered(ticket, .refused(.superseded))
      case 4: return .answered(ticket, .refused(.revoked))
      case 5: return nil
      default: return .answered(ticket, .tokens(response()))
      }
    case .sessionInUse, .stateChanged, .accessRenewed, .wake, .sendRevocation: return nil
    }
  }

  private mutating func found(session: SessionName) -> StoredSession {
    number += 1
    let blob = StoredSession.numbered(number, receivedAt: time - 100).blob
    return StoredSession(
      blob: StoredSession.Blob(
        tokens: TokenResponse(
          access: blob.accessToken, expiresIn: blob.expiresIn, refresh: blob.refreshToken,
          refreshTokenExpiresIn: blob.refreshTokenExpiresIn), receivedAt: blob.receivedAt,
        idempotencyKey: blob.idempotencyKey, name: session, signedInAt: .receipt(time - 200)))
  }

  private mutating func response(lifetime: Int64? = nil) -> TokenResponse {
    number += 1
    return .numbered(
      number, lifetime: lifetime ?? [0, 1, 300, 900][Int(source.next() % 4)],
      hasRefreshToken: lifetime != nil || source.next() % 8 != 0)
  }
}
