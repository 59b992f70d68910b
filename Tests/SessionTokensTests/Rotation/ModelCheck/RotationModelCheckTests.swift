import Testing

/// P1–P8 of `Promise` for every state that the real `verifyRefresh`, `rotate` and `revoke` can get
/// into within bounds, found breadth first: a broken promise comes with its shortest trace.
///
/// The article "How rotation decides" has a table of the promises with these bounds and numbers.
///
/// The bounds of a scenario stand in `ModelScenario`; all run with grace 4 s, idle 20 s, absolute
/// 50 s, skew 2 s. Each test states its number of states: plain, and with `SESSION_TOKENS_DEEP=1`
/// (best in release, `-Xswiftc -enable-testing`). In sum 1,555,823, and 46,511,561 deep. What is in
/// flight may be lost, repeated, delayed and reordered, and apps crash between any two steps.
@Suite(.serialized) struct RotationModelCheckTests {
  /// One process, one server, 5 generations, 3 messages: 6,007; deep 7, 2 moments: 92,870.
  @Test func `a copy that is up to four generations late ends nothing`() throws {
    try check(.lateCopies, states: 6_007, reaching: [.rotated, .replayedByKey, .superseded])
  }

  /// One process, two servers, 2 generations, 3 messages, 2 moments: 14,044; deep 3 each: 310,874.
  @Test func `what the network loses, repeats or reorders logs nobody out`() throws {
    try check(.lossyNetwork, states: 14_044, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Two processes, two servers, 2 generations, 2 messages: 197,778; deep 3 and 3: 8,601,190.
  @Test func `two processes on one store log nobody out`() throws {
    try check(.twoProcesses, states: 197_778, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// One process, 3 generations, 2 messages, 7 moments: 23,074; deep two servers: 427,076.
  @Test func `the window's ends hold with keys`() throws {
    try check(.window, states: 23_074, reaching: [.rotated, .replayedByKey, .windowClosed])
  }

  /// One process, 3 generations, 2 messages, 5 moments: 32,351; deep 7, two servers: 3,920,235.
  @Test func `the window's ends hold without keys`() throws {
    try check(
      .windowWithoutKeys, states: 32_351, reaching: [.rotated, .replayedInGrace, .windowClosed])
  }

  /// Two servers, 2 generations, 2 messages, 3 moments: 39,465; deep 3 and 6: 2,146,801.
  @Test func `clocks that differ by the skew log nobody out`() throws {
    try check(.clocks, states: 39_465, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Two servers, a backup, 2 generations, 2 messages, 3 moments: 149,243; deep 3 and 3: 2,523,339.
  @Test func `a clock that differs by more hands out nothing`() throws {
    try check(.wrongClock, states: 149_243, reaching: [.rotated, .rotatedAhead, .clockSkew])
  }

  /// One process, 4 generations, 2 messages, 3 moments: 92,073; deep two servers: 2,042,260.
  ///
  /// The servers are down while the backup is put back, and what was in flight is lost.
  @Test func `a restored backup logs nobody out`() throws {
    try check(.backup, states: 92_073, reaching: [.rotatedAhead, .superseded, .windowClosed])
  }

  /// Four servers, 3 moments: 704.
  @Test func `of four requests with one key one rotates and three are answered the same`() throws {
    try check(.burst, states: 704, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Four servers, two of them ahead by the skew, 3 moments: 2,492.
  @Test func `of four requests over two clocks three are answered the same`() throws {
    try check(.burstOverClocks, states: 2_492, reaching: [.rotated, .replayedByKey, .lostSwap])
  }

  /// Four servers, 2 moments: 274.
  @Test func `of four requests inside the grace three are answered the same`() throws {
    try check(.burstWithoutKeys, states: 274, reaching: [.rotated, .replayedInGrace, .lostSwap])
  }

  /// Two servers, 2 generations, 2 messages, 3 moments: 85,928; deep 3 and 5: 3,898,381.
  @Test func `a client without keys is protected from the grace's end on`() throws {
    try check(.withoutKeys, states: 85_928, reaching: [.replayedInGrace, .reuseDetected, .revoked])
  }

  /// One server, 3 generations, 2 messages, 2 moments: 219,353; deep two servers, 1: 7,684,971.
  @Test func `a thief with token and key shares one generation at most`() throws {
    try check(.thiefWithKey, states: 219_353, reaching: [.replayedByKey, .reuseDetected, .revoked])
  }

  /// One server, 3 generations, 2 messages, 2 moments: 57,284; deep two servers: 2,944,173.
  @Test func `a thief without the key shares nothing`() throws {
    try check(.thiefWithoutKey, states: 57_284, reaching: [.replayedInGrace, .reuseDetected])
  }

  /// One server, 3 generations, 1 message, 3 moments: 56,179; deep two servers: 6,036,370.
  @Test func `a thief of a client without keys is found from the grace's end on`() throws {
    try check(.thiefOfKeyless, states: 56_179, reaching: [.replayedInGrace, .reuseDetected])
  }

  /// One server, 4 generations, 1 message: 471,294; deep 2 moments: 3,054,120.
  @Test func `a restored backup does not hide a thief`() throws {
    try check(.thiefAndBackup, states: 471_294, reaching: [.rotatedAhead, .reuseDetected])
  }

  /// Two servers, 2 generations, 2 messages, 2 moments: 30,296; deep 3 and 3: 308,428.
  @Test func `sign-out is final whatever was read before it`() throws {
    try check(.signOut, states: 30_296, reaching: [.ended, .revoked, .lostSwap])
  }

  /// Two servers, 6 generations, 1 message: 16,978; deep 2 messages, 2 moments: 1,646,335.
  @Test func `five lost swaps are answered 503 and do no harm`() throws {
    try check(.ended, states: 16_978, reaching: [.ended, .revoked, .outOfAttempts])
  }

  /// Three servers of two attempts, 2 generations, 2 messages: 55,409; deep 3 and 3: 865,071.
  @Test func `three busy servers do no harm to each other`() throws {
    try check(.busy, states: 55_409, reaching: [.ended, .revoked, .outOfAttempts])
  }

  /// One server, 3 generations, 2 messages, 2 moments, 18 foreign tokens: 5,597.
  @Test func `a foreign token gets nothing, and a lost row hands out nothing`() throws {
    try check(.strangers, states: 5_597, reaching: [.bindingMismatch, .unknownSession])
  }

  /// Two processes, one server, 3 generations, 2 messages: broken within 25,080 states.
  ///
  /// It shows that the check can fail, and what an app's store must not do.
  @Test func `a store that saves what was compared earlier breaks P6, and the trace says how`()
    throws
  {
    let found = try Exploration(.careless)
    print(found)
    #expect(found.broken == .p6)
    #expect(found.trace.contains("app B finds the store unchanged"))
  }

  private func check(
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
}
