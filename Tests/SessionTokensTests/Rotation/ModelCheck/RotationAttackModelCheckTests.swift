// SPDX-License-Identifier: Apache-2.0

import Testing

/// The same as ``RotationModelCheckTests``, with a thief in the world or a client that sends no
/// keys.
///
/// A separate suite, so that two cores explore at once; within a suite the scenarios run one after
/// the other, since their states take memory.
@Suite(.serialized) struct RotationAttackModelCheckTests {
  /// Two servers, 2 generations, 2 messages, 3 moments: 146,556; deep 3 and 5: 7,025,384.
  @Test func `a client without keys is protected after the grace`() throws {
    try checkPromises(
      .withoutKeys, states: 146_556, reaching: [.replayedInGrace, .reuseDetected, .revoked])
  }

  /// One server, 3 generations, 2 messages, 2 moments: 555,432; deep two servers, 1: 12,222,222.
  @Test func `a thief with token and key shares one generation at most`() throws {
    try checkPromises(
      .thiefWithKey, states: 555_432,
      reaching: [.replayedByKey, .superseded, .reuseDetected, .revoked, .signedOut])
  }

  /// One server, 3 generations, 2 messages, 2 moments: 127,630; deep two servers: 7,160,562.
  @Test func `a thief without the key shares nothing`() throws {
    try checkPromises(
      .thiefWithoutKey, states: 127_630, reaching: [.replayedInGrace, .reuseDetected])
  }

  /// One server, 3 generations, 1 message, 3 moments: 69,724; deep two servers: 7,809,171.
  @Test func `a thief of a client without keys is found after the grace`() throws {
    try checkPromises(
      .thiefOfKeyless, states: 69_724, reaching: [.replayedInGrace, .reuseDetected])
  }

  /// One server, 4 generations, 1 message: 643,863; deep 2 moments: 4,189,899.
  @Test func `a restored backup does not hide a thief`() throws {
    try checkPromises(.thiefAndBackup, states: 643_863, reaching: [.rotatedAhead, .reuseDetected])
  }
}
