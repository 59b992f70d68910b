// SPDX-License-Identifier: Apache-2.0

#if Peers
  /// A token's header for `JSONEncoder`.
  struct PeerHeader: Codable, Sendable {
    var alg = "HS256"
    var typ = Fixture.type
    var kid = Fixture.keyID
  }
#endif
