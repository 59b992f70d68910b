// SPDX-License-Identifier: Apache-2.0

// Only the user and the network: events that must not sign the user out (P6), and the concurrent
// presentations (P8). Each scenario has a deep form that replaces it on request.

extension ModelScenario {
  static let lateCopies = ModelScenario(
    name: "one process, copies up to four generations late", generations: 5, messages: 3
  ).deepened {
    $0.times = [0, 4]
    $0.generations = 7
  }

  static let lossyNetwork = ModelScenario(
    name: "one process, two servers", servers: [0, 0], times: [0, 4], generations: 2, messages: 3
  ).deepened {
    $0.times = [0, 3, 4]
    $0.generations = 3
  }

  static let twoProcesses = ModelScenario(
    name: "two processes on one store", processes: 2, servers: [0, 0], generations: 2, messages: 2
  ).deepened {
    $0.generations = 3
    $0.messages = 3
  }

  static let careless = ModelScenario(
    name: "two processes, another save between comparing and saving", processes: 2,
    savesAtomically: false, generations: 3, messages: 2)

  static let hasty = ModelScenario(
    name: "two processes that sign out without reading the store again", processes: 2,
    rereadsBeforeSigningOut: false, generations: 3, messages: 2)

  static let window = ModelScenario(
    name: "the window's ends", times: [0, 19, 20, 38, 39, 49, 50], generations: 3, messages: 2
  ).deepened {
    $0.servers = [0, 0]
  }

  static let windowWithoutKeys = ModelScenario(
    name: "the window's ends without keys", sendsKeys: false, times: [0, 19, 38, 49, 50],
    generations: 3, messages: 2
  ).deepened {
    $0.times = [0, 19, 20, 38, 39, 49, 50]
    $0.servers = [0, 0]
  }

  static let clocks = ModelScenario(
    name: "two servers whose clocks differ by as much as they may", servers: [0, 2], openedAhead: 2,
    times: [0, 1, 4], generations: 2, messages: 2
  ).deepened {
    $0.times = [0, 1, 3, 4, 17, 18]
    $0.generations = 3
  }

  static let wrongClock = ModelScenario(
    name: "a server whose clock is a second further behind", servers: [-3, 0], times: [0, 3, 4],
    generations: 2, messages: 2, restoresBackup: true
  ).deepened {
    $0.generations = 3
    $0.messages = 3
  }

  static let backup = ModelScenario(
    name: "a restored backup", times: [0, 19, 20], generations: 4, messages: 2, restoresBackup: true
  ).deepened {
    $0.servers = [0, 0]
  }

  static let burst = ModelScenario(
    name: "four requests at once with one key", processes: 0, servers: [0, 0, 0, 0],
    times: [0, 4, 19], messages: 0, isBurst: true)

  static let burstOverClocks = ModelScenario(
    name: "four requests at once with one key, clocks that differ", processes: 0,
    servers: [0, 0, 2, 2], openedAhead: 2, times: [0, 1, 17], messages: 0, isBurst: true)

  static let burstWithoutKeys = ModelScenario(
    name: "four requests at once without keys inside the grace", processes: 0, sendsKeys: false,
    servers: [0, 0, 0, 0], times: [0, 3], messages: 0, isBurst: true)
}
