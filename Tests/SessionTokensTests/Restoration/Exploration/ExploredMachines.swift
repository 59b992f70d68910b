@testable import SessionTokens

/// The machines of the app: the real ones, which handle an event once for each machine and moment.
final class ExploredMachines {
  private struct Question: Hashable {
    let machine: Int
    let event: ExploredEvent
    let time: Int64
    /// Which launch of which process it is: keys differ between them.
    let launch: Int
  }

  let server: ExplorationServer
  let sessions: ExploredSessions
  private let configuration: SessionRestoration.Configuration
  private let jitter: UInt64
  private var machines: [SessionRestoration] = []
  private var shapes = Interner<MachineShape>()
  private var events = Interner<ExploredEvent>()
  private var transitions: [Question: ExploredTransition] = [:]

  init(
    server: ExplorationServer, configuration: SessionRestoration.Configuration, jitter: UInt64
  ) {
    self.server = server
    sessions = ExploredSessions(server)
    self.configuration = configuration
    self.jitter = jitter
  }

  /// How many different transitions were made.
  var transitionCount: Int { transitions.count }

  /// A machine before its launch.
  func makeMachine() -> Int {
    number(of: SessionRestoration(configuration: configuration), ticketCount: 0)
  }

  /// The machine of a number: they count from 1.
  subscript(machine: Int) -> SessionRestoration { machines[machine - 1] }

  /// What the machine makes of the event when the device's clock shows `time`.
  func transition(
    _ machine: Int, _ event: ExploredEvent, at time: Int64, launch: Int
  ) -> ExploredTransition {
    let question = Question(machine: machine, event: event, time: time, launch: launch)
    if let transition = transitions[question] { return transition }
    let now = ExplorationServer.date(time)
    let before = self[machine]
    var after = before
    // The event names the draw: a ticket is drawn once in a launch, and a sign-in happens once.
    var generator = ExplorationGenerator(
      jitter: jitter, ordinal: events.number(of: event) * 64 + launch)
    let realEvent = real(event)
    let effects = after.handle(realEvent, at: now, using: &generator)
    let check = TransitionCheck(
      before: before, event: realEvent, effects: effects, after: after, now: now,
      configuration: configuration)
    let ticketCount = effects.reduce(shapes[machine].ticketCount) { max($0, $1.ticketNumber) }
    let transition = ExploredTransition(
      machine: number(of: after, ticketCount: ticketCount),
      effects: effects.compactMap { explored($0) },
      wake: effects.last { $0.wakeDelay != nil }.flatMap { $0.wakeDelay?.clampedSeconds },
      stateBefore: before.state, state: after.state, accessToken: tokenInUse(by: after, at: now),
      isIdle: after.isIdle, violation: check.violation)
    transitions[question] = transition
    return transition
  }

  /// The access token that a request would carry.
  func accessToken(of machine: Int, at time: Int64) -> Int? {
    let access = self[machine].access(at: ExplorationServer.date(time))
    guard case .attach(let accessToken) = access else { return nil }
    return sessions.accessTokens.number(of: accessToken)
  }

  /// The access token that requests carry, or would if it had not ended.
  private func tokenInUse(by machine: SessionRestoration, at now: NumericDate) -> Int? {
    if case .attach(let accessToken) = machine.access(at: now) {
      return sessions.accessTokens.number(of: accessToken)
    }
    guard case .holding(let held) = machine.phase else { return nil }
    return sessions.accessTokens.number(of: held.session.accessToken)
  }

  private func number(of machine: SessionRestoration, ticketCount: UInt64) -> Int {
    let shape = MachineShape(machine, ticketCount: ticketCount) { sessions.number(of: $0) }
    let number = shapes.number(of: shape)
    if number > machines.count { machines.append(machine) }
    return number
  }

  private func real(_ event: ExploredEvent) -> SessionRestoration.Event {
    switch event {
    case .launched: .launched
    case .read(let content): .storeRead(sessions.reading(content))
    case .saved(_, let ticket): .saved(SessionRestoration.Ticket(number: ticket))
    case .saveFailed(_, let ticket): .saveFailed(SessionRestoration.Ticket(number: ticket))
    case .signedIn(let answer):
      if case .tokens(let response) = server.answers[answer] {
        .signedIn(response)
      } else {
        .timePassed
      }
    case .answered(let answer, let ticket):
      .answered(SessionRestoration.Ticket(number: ticket), server.answers[answer])
    case .timePassed: .timePassed
    case .accessRefused(let accessToken):
      .accessRefused(accessToken: sessions.accessTokens[accessToken])
    case .signedOutByUser: .signedOutByUser
    }
  }

  private func explored(_ effect: SessionRestoration.Effect) -> ExploredEffect? {
    switch effect {
    case .readStore: .readStore
    case .save(let session, let ticket):
      .save(session: sessions.number(of: session), ticket: ticket.number)
    case .erase: .erase
    case .send(let request, let ticket):
      .send(request: server.requests.number(of: request), ticket: ticket.number)
    case .sendRevocation(let refreshToken):
      .revoke(refreshToken: server.refreshTokens.number(of: refreshToken))
    case .wake, .stateChanged, .accessRenewed: nil
    }
  }
}
