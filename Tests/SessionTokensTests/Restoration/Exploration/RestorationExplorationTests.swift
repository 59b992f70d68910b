// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// The app's machine in every world within bounds, with the real rotation code as the server.
///
/// A world is one or two processes of the app, stores, the network, the server's records, and both
/// clocks (``ExploredWorld``). Every next step is tried in each, breadth first, so that the trace
/// of a violation is a shortest one. Each ``ExplorationProperty`` is checked at each step, and from
/// each world a run without faults must come to rest (``Recovery``). Access tokens live 600 s, the
/// window is 3,600 s. The counts are those of `ExplorationCounts.swift`, which this test checks.
@Suite struct RestorationExplorationTests {
  private static let isDeep = ProcessInfo.processInfo.environment["SESSION_TOKENS_DEEP"] == "1"

  @Test func `every property holds in every world`() throws {
    try explore(ExplorationScenario.fast, expecting: ExplorationCounts.fast)
  }

  @Test(.enabled(if: isDeep)) func `every property holds in every world within deep bounds`() throws
  {
    try explore(ExplorationScenario.deep, expecting: ExplorationCounts.deep)
  }

  /// The lock that the documentation requires is necessary.
  @Test func `two processes without the lock break a promise`() throws {
    let scenario = ExplorationScenario(
      name: "no lock", moments: [765], processes: 2, faults: 1, kinds: [.crash], usesLock: false)
    let exploration = WorldExploration(try WorldModel(scenario))
    #expect(exploration.violation?.property == .a7NewestIsKept)
  }

  /// Reading the store before sending is necessary.
  @Test func `two processes that read the store once break a promise`() throws {
    let scenario = ExplorationScenario(
      name: "no re-read", moments: [765, 1_310], processes: 2, faults: 0, readsOnce: true)
    let exploration = WorldExploration(try WorldModel(scenario))
    #expect(exploration.violation != nil)
  }

  /// All of a machine's memory tells worlds apart, except the numbers of tickets.
  @Test func `all memory but tickets tells two machines apart`() throws {
    var machine = SessionRestoration()
    let now = ExploredServer.epoch
    let server = try ExploredServer(.sessionTokens, window: 3_600)
    let opening = try server.open(0, at: 0)
    guard case .tokens(let response) = server.answers[opening.answer].real else {
      Issue.record("no tokens")
      return
    }
    for event in [SessionRestoration.Event.launched, .signedIn(response), .signedOutByUser] {
      _ = machine.handle(event, at: now)
      var memory = ExploredMachines.canonical(machine.memory)
      memory.awaited = machine.memory.awaited
      memory.abandoned = machine.memory.abandoned
      memory.lastTicket = machine.memory.lastTicket
      memory.ticketWord = machine.memory.ticketWord
      #expect(memory == machine.memory)
    }
  }

  @Test func `the page of evidence quotes the measured numbers of worlds`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: ".github/ARCHITECTURE.md"), encoding: .utf8)
    for counts in [ExplorationCounts.fast, .deep] {
      let digits = String(counts.total)
      let grouped = digits.enumerated().map { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
      }.joined()
      #expect(page.contains(grouped))
    }
  }

  private func explore(_ scenarios: [ExplorationScenario], expecting counts: ExplorationCounts)
    throws
  {
    var measured = ExplorationCounts(worlds: [:], recoveryEvents: 0)
    var exceptions: [KnownException: Int] = [:]
    for scenario in scenarios {
      let model = try WorldModel(scenario)
      let exploration = WorldExploration(model)
      measured.worlds[scenario.name] = exploration.worlds.count
      measured.recoveryEvents = max(measured.recoveryEvents, exploration.maximumRecovery.events)
      print("      \"\(scenario.name)\": \(exploration.worlds.count),")
      if let violation = exploration.violation {
        Issue.record(
          "\(scenario.name): \(violation.property.rawValue): \(violation.detail)\n\(exploration.trace)"
        )
        continue
      }
      for exception in KnownException.allCases {
        let count = exploration.worlds.count { model.exceptions(of: $0).contains(exception) }
        exceptions[exception, default: 0] += count
      }
    }
    print(
      "EXPLORATION scenarios=\(scenarios.count) worlds=\(measured.total)",
      "recoveryEvents=\(measured.recoveryEvents)",
      KnownException.allCases.map { "\($0)=\(exceptions[$0] ?? 0)" }.joined(separator: " "))
    #expect(measured == counts, "correct ExplorationCounts.swift, and the documents that quote it")
  }
}
