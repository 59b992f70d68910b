// SPDX-License-Identifier: Apache-2.0

import Testing

/// P1–P8 of `Promise` for every state that the real `verifyRefresh`, `rotate` and `revoke` can
/// reach within bounds, found breadth first: a broken promise comes with its shortest trace.
///
/// The article "How rotation decides" has a table of the promises with these bounds and numbers.
///
/// The bounds of a scenario are in `ModelScenario`; all run with grace 4 s, idle 20 s, absolute
/// 50 s, skew 2 s. Each test states its number of states: plain, and with `SESSION_TOKENS_DEEP=1`
/// (best in release, `-Xswiftc -enable-testing`). In sum 2,536,135, and 84,912,869 deep. A message
/// in flight may be lost, repeated, delayed and reordered, and apps crash between any two steps.
@Suite(.serialized) struct RotationModelCheckTests {
  /// One process, one server, 5 generations, 3 messages: 12,474; deep 7, 2 moments: 214,827.
  @Test func `a copy that is up to four generations late ends nothing`() throws {
    try checkPromises(
      .lateCopies, states: 12_474, reaching: [.rotated, .replayedByKey, .superseded])
  }

  /// One process, two servers, 2 generations, 3 messages, 2 moments: 21,823; deep 3 each: 596,122.
  @Test func `lost, repeated or reordered messages sign nobody out`() throws {
    try checkPromises(
      .lossyNetwork, states: 21_823, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Two processes, two servers, 2 generations, 2 messages: 274,746; deep 3 and 3: 18,296,114.
  @Test func `two processes on one store sign nobody out`() throws {
    try checkPromises(
      .twoProcesses, states: 274_746,
      reaching: [.rotated, .replayedByKey, .lostSwap, .superseded, .adoptedAnother])
  }

  /// One process, 3 generations, 2 messages, 7 moments: 46,152; deep two servers: 938,357.
  @Test func `the window's ends hold with keys`() throws {
    try checkPromises(
      .window, states: 46_152,
      reaching: [.rotated, .replayedByKey, .windowClosed, .signedOut])
  }

  /// One process, 3 generations, 2 messages, 5 moments: 60,851; deep 7, two servers: 7,883,002.
  @Test func `the window's ends hold without keys`() throws {
    try checkPromises(
      .windowWithoutKeys, states: 60_851, reaching: [.rotated, .replayedInGrace, .windowClosed])
  }

  /// Two servers, 2 generations, 2 messages, 3 moments: 51,636; deep 3 and 6: 3,116,954.
  @Test func `clocks that differ by the skew sign nobody out`() throws {
    try checkPromises(.clocks, states: 51_636, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Two servers, a backup, 2 generations, 2 messages, 3 moments: 195,698; deep 3 and 3: 4,866,879.
  @Test func `a clock that differs by more than the skew issues no tokens`() throws {
    try checkPromises(
      .wrongClock, states: 195_698, reaching: [.rotated, .rotatedAhead, .clockSkew])
  }

  /// One process, 4 generations, 2 messages, 3 moments: 140,026; deep two servers: 3,425,108.
  ///
  /// The servers are down while the backup is restored, and the messages in flight are lost.
  @Test func `a restored backup signs nobody out`() throws {
    try checkPromises(
      .backup, states: 140_026, reaching: [.rotatedAhead, .superseded, .windowClosed])
  }

  /// Four servers, 3 moments: 704.
  @Test func `of four requests with one key one rotates and three get the same answer`() throws {
    try checkPromises(.burst, states: 704, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Four servers, two of them ahead by the skew, 3 moments: 2,492.
  @Test func `of four requests over two clocks three get the same answer`() throws {
    try checkPromises(
      .burstOverClocks, states: 2_492, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Four servers, 2 moments: 274.
  @Test func `of four requests inside the grace three get the same answer`() throws {
    try checkPromises(
      .burstWithoutKeys, states: 274, reaching: [.rotated, .replayedInGrace, .lostSwap])
  }

  /// Two servers, 2 generations, 2 messages, 2 moments: 54,186; deep 3 and 3: 1,014,082.
  @Test func `sign-out is final whatever was read before it`() throws {
    try checkPromises(.signOut, states: 54_186, reaching: [.ended, .revoked, .lostSwap])
  }

  /// Two servers, 6 generations, 1 message: 19,806; deep 2 messages, 2 moments: 3,359,066.
  @Test func `five lost swaps are answered 503 and do no harm`() throws {
    try checkPromises(.ended, states: 19_806, reaching: [.ended, .revoked, .outOfAttempts])
  }

  /// Three servers of two attempts, 2 generations, 2 messages: 102,912; deep 3 and 3: 2,782,500.
  @Test func `three busy servers do no harm to each other`() throws {
    try checkPromises(.busy, states: 102_912, reaching: [.ended, .revoked, .outOfAttempts])
  }

  /// One server, 3 generations, 2 messages, 2 moments, 18 foreign tokens: 9,150.
  @Test func `a foreign token gets nothing, and a lost row gives no tokens`() throws {
    try checkPromises(.strangers, states: 9_150, reaching: [.bindingMismatch, .unknownSession])
  }

  /// Two processes, one server, 3 generations, 2 messages: broken within 29,222 states.
  ///
  /// It shows that the check can fail, and how an app must not use its store.
  @Test func `a store that saves after an earlier comparison breaks P6, and the trace shows how`()
    throws
  {
    let found = try Exploration(.careless)
    print(found)
    #expect(found.broken == .p6)
    #expect(found.trace.contains("app B finds the store unchanged"))
  }

  /// Two processes, one server, 3 generations, 2 messages: broken within 8,003 states.
  ///
  /// It shows the purpose of the second read, which a client in another language must do as well.
  @Test func `a client that signs out without reading its store again breaks P6`() throws {
    let found = try Exploration(.hasty)
    print(found)
    #expect(found.broken == .p6)
    #expect(found.traceLength == 18)
    #expect(found.trace.hasSuffix("app A signs out, as it was refused for good"))
  }
}

/// Explores a scenario, in which no promise may break.
func checkPromises(
  _ scenario: ModelScenario, states: Int, reaching outcomes: Set<ModelDecision.Outcome>,
  at location: SourceLocation = #_sourceLocation
) throws {
  let found = try Exploration(scenario)
  print(found)
  guard found.broken == nil else {
    Issue.record("\(found)", sourceLocation: location)
    return
  }
  #expect(found.states >= states, "less was explored than is stated", sourceLocation: location)
  #expect(found.reached.isSuperset(of: outcomes), sourceLocation: location)
}
