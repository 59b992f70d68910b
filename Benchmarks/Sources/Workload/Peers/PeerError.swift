// SPDX-License-Identifier: Apache-2.0

#if Peers
  /// The reason why a peer refuses a token.
  enum PeerError: Error {
    case form, header, signature, claims
  }
#endif
