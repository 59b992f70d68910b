/// A breadth-first walk over all worlds that a model can reach.
struct WorldExploration {
  private(set) var worlds: [ExploredWorld]
  private var parents: [Int] = [-1]
  private var steps: [ExploredStep?] = [nil]
  private var numbers: [ExploredWorld: Int]
  /// The shortest way to the first violation, one step a line.
  private(set) var trace: String?
  /// The property that does not hold.
  private(set) var violation: ExplorationViolation?

  /// Walks until there is nothing new, or a property does not hold.
  init(_ model: WorldModel) {
    worlds = [model.start]
    numbers = [model.start: 0]
    var place = 0
    while place < worlds.count, violation == nil {
      visit(place, model)
      place += 1
      if worlds.count > model.scenario.limit {
        violation = ExplorationViolation(
          .requestsAreFew, "more worlds than \(model.scenario.limit)")
      }
    }
  }

  private mutating func visit(_ place: Int, _ model: WorldModel) {
    let world = worlds[place]
    for step in model.steps(from: world) {
      do throws(ExplorationViolation) {
        let next = try model.world(after: step, from: world)
        guard numbers[next] == nil else { continue }
        numbers[next] = worlds.count
        worlds.append(next)
        parents.append(place)
        steps.append(step)
      } catch {
        report(error, after: place, step)
        return
      }
    }
  }

  /// Checks that every world comes back to order, and adds what happens until then to the trace.
  mutating func checkRecovery(_ model: WorldModel) {
    var recovery = Recovery(model)
    for (place, world) in worlds.enumerated() {
      do throws(ExplorationViolation) {
        try recovery.check(world)
      } catch {
        report(error, after: place, nil)
        trace?.append(recovery.steps.map { "\n  then \($0)" }.joined())
        return
      }
    }
  }

  private mutating func report(
    _ violation: ExplorationViolation, after place: Int, _ step: ExploredStep?
  ) {
    var lines = [step.map { "\($0)" }]
    var place = place
    while place > 0 {
      lines.append(steps[place].map { "\($0)" })
      place = parents[place]
    }
    self.violation = violation
    trace = lines.compactMap { $0 }.reversed().enumerated()
      .map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
  }
}
