@testable import SessionTokens

/// A machine that is told events at random, sensible ones and others, by a clock that jumps.
struct RestorationWalk {
  private(set) var machine = SessionRestoration()
  private(set) var time: Int64 = 0
  private(set) var tickets: [UInt64] = []
  private var source: SeededGenerator
  private var number = 1
  private var stored: [StoredSession] = [.numbered(1)]

  init(seed: UInt64) {
    source = SeededGenerator(seed: seed)
    _ = machine.handle(.launched, at: .receipt(time), using: &source)
  }

  /// Tells one event and returns it with what came of it.
  mutating func step() -> (event: SessionRestoration.Event, effects: [SessionRestoration.Effect]) {
    time += Int64.random(in: 0...90, using: &source)
    if source.next() % 40 == 0 { time += Int64.random(in: -40_000...40_000, using: &source) }
    let event = event()
    let effects = machine.handle(event, at: .receipt(time), using: &source)
    for effect in effects {
      switch effect {
      case .save(let session, let ticket):
        tickets.append(ticket.number)
        stored.append(session)
      case .send(_, let ticket):
        tickets.append(ticket.number)
      case .readStore, .erase, .wake, .stateChanged, .accessRenewed, .sendRevocation:
        break
      }
    }
    return (event, effects)
  }

  private mutating func event() -> SessionRestoration.Event {
    let recent = tickets.suffix(2).randomElement(using: &source) ?? 0
    let ticket = SessionRestoration.Ticket.numbered(recent)
    let last = stored.last ?? .numbered(1)
    switch source.next() % 32 {
    case 0..<9: return .storeRead(.found(last))
    case 9: return .storeRead(.found(stored.randomElement(using: &source) ?? last))
    case 10: return .storeRead([.locked, .locked, .empty, .corrupt][Int(source.next() % 4)])
    case 11..<15: return .saved(ticket)
    case 15: return .saveFailed(ticket)
    case 16..<20: return .answered(ticket, .tokens(response()))
    case 20: return .answered(ticket, .unavailable(retryAfter: .seconds(7), code: nil))
    case 21: return .answered(ticket, .refused(source.next() % 8 == 0 ? .revoked : .clockSkew))
    case 22..<29: return .timePassed
    case 29: return .accessRefused(accessToken: last.accessToken)
    case 30: return source.next() % 8 == 0 ? .signedOutByUser : .launched
    default: return source.next() % 4 == 0 ? .signedIn(response()) : .timePassed
    }
  }

  private mutating func response() -> TokenResponse {
    number += 1
    return .numbered(
      number, lifetime: [0, 1, 300, 900][Int(source.next() % 4)],
      hasRefreshToken: source.next() % 8 != 0)
  }
}
