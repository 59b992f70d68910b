import Testing

@testable import SessionTokens

@Suite struct RestorationExplorationTests {
  @Test(arguments: ExplorationScenario.fast)
  func `every property holds in every world`(_ scenario: ExplorationScenario) throws {
    let model = try WorldModel(scenario)
    let clock = ContinuousClock()
    let begin = clock.now
    let exploration = Exploration(model)
    print(
      "\(scenario.name): worlds=\(exploration.worlds.count) transitions=\(model.machines.transitionCount) machines=\(model.machines.machineCount) recovery=\(exploration.maximumRecovery) \(clock.now - begin)")
    if let violation = exploration.violation {
      Issue.record(
        "\(scenario.name): \(violation.property.rawValue): \(violation.detail)\n\(exploration.trace)")
    }
  }
}
