import Testing

@testable import SessionTokens

/// The app's machine in every world within bounds, with the real rotation code as the server.
///
/// A world is one or two processes of the app, the store, the network, the server's records and both
/// clocks (``ExploredWorld``). All that may happen next is tried in each (``ExplorationFault`` and what
/// users and time do), breadth first, so that the trace of a violation is a shortest one. Each
/// ``ExplorationProperty`` is checked at each step, and from each world on a fair schedule without
/// faults must lead back to order (``Recovery``). Access tokens live 600 s; the window is 3,600 s; the
/// app is configured by default. Numbers of worlds are those of ``ExplorationScenario/fast`` and
/// ``ExplorationScenario/deep``, and are printed.
@Suite struct RestorationExplorationTests {
  @Test(arguments: ExplorationScenario.fast)
  func `every property holds in every world within the bounds`(
    _ scenario: ExplorationScenario
  ) throws {
    try explore(scenario)
  }

  @Test(.enabled(if: ExplorationScenario.isDeep), arguments: ExplorationScenario.deep)
  func `every property holds in every world within deep bounds`(
    _ scenario: ExplorationScenario
  ) throws {
    try explore(scenario)
  }

  /// "Suspend with full-jitter backoff" is a bound on requests.
  ///
  /// At most two in the second of a launch, and one each
  /// second from then on where every pause is the shortest that jitter can draw; six in the first
  /// minute and one in those that follow where it is the longest; 13 in half an hour. With a resource
  /// server that answers 401 to everything there is one each minute; in the last three minutes of the
  /// window, where lifetimes and so margins shrink, there are 2, 3 and 15.
  @Test(arguments: RequestRateScenario.all)
  func `the requests of a launch and of a minute are bounded`(
    _ scenario: RequestRateScenario
  ) throws {
    var rate = try RequestRate(scenario)
    try rate.walk()
    print("\(scenario.name): \(rate.situationCount) situations, \(rate.requests) requests")
    #expect(rate.requests == scenario.requests, "requestsAreFew")
    #expect(rate.requestsAtLaunch == scenario.requestsAtLaunch, "requestsAreFew")
  }

  private func explore(_ scenario: ExplorationScenario) throws {
    let model = try WorldModel(scenario)
    var exploration = WorldExploration(model)
    if exploration.violation == nil { exploration.checkRecovery(model) }
    print(
      "\(scenario.name): \(exploration.worlds.count) worlds,",
      "\(model.machines.transitionCount) transitions of the machine")
    let trace = exploration.trace ?? ""
    if let violation = exploration.violation {
      Issue.record(
        "\(scenario.name): \(violation.property.rawValue): \(violation.detail)\n\(trace)")
    }
    let hasRace = exploration.worlds.contains { $0.hasRaced }
    #expect(hasRace == scenario.hasRaces, "races, which only processes without a lock have")
  }
}
