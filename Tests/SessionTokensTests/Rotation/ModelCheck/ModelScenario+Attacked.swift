// SPDX-License-Identifier: Apache-2.0

// The user, the network, and somebody who ends the session or steals from it. Each scenario has a
// deep form that replaces it on request.

extension ModelScenario {
  static let withoutKeys = ModelScenario(
    name: "one process without keys", sendsKeys: false, servers: [0, 0], times: [0, 3, 4],
    generations: 2, messages: 2
  ).deepened {
    $0.times = [0, 3, 4, 7, 8]
    $0.generations = 3
  }

  static let thiefWithKey = ModelScenario(
    name: "a thief with token and key", times: [0, 4], generations: 3, messages: 2,
    theft: .tokenAndKey
  ).deepened {
    $0.servers = [0, 0]
    $0.messages = 1
  }

  static let thiefWithoutKey = ModelScenario(
    name: "a thief with the token", times: [0, 4], generations: 3, messages: 2, theft: .token
  ).deepened {
    $0.servers = [0, 0]
  }

  static let thiefOfKeyless = ModelScenario(
    name: "a thief, and a client without keys", sendsKeys: false, times: [0, 3, 4], generations: 3,
    messages: 1, theft: .token
  ).deepened {
    $0.servers = [0, 0]
  }

  static let thiefAndBackup = ModelScenario(
    name: "a thief and a restored backup", generations: 4, messages: 1, theft: .tokenAndKey,
    restoresBackup: true
  ).deepened {
    $0.times = [0, 4]
  }

  static let signOut = ModelScenario(
    name: "sign-out", servers: [0, 0], times: [0, 4], generations: 2, messages: 2, ending: .user
  ).deepened {
    $0.generations = 3
    $0.messages = 3
  }

  static let ended = ModelScenario(
    name: "ended by somebody else, while five swaps are lost", servers: [0, 0], generations: 6,
    messages: 1, ending: .administrator
  ).deepened {
    $0.times = [0, 4]
    $0.messages = 2
  }

  static let busy = ModelScenario(
    name: "three servers, two attempts", servers: [0, 0, 0], generations: 2, messages: 2,
    attempts: 2, ending: .administrator
  ).deepened {
    $0.generations = 3
    $0.messages = 3
  }

  static let strangers = ModelScenario(
    name: "foreign tokens and a lost row", times: [0, 4], generations: 3, messages: 2,
    hasStrangers: true)
}
