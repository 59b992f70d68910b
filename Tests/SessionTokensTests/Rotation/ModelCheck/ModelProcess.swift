// SPDX-License-Identifier: Apache-2.0

/// The state of a process of the app, in 27 bits.
struct ModelProcess {
  enum Phase: Int {
    /// Nothing: it has crashed, given up, or is done, and starts from the store.
    case idle
    /// It has read the store.
    case loaded
    /// It has sent a request.
    case awaiting
    /// It has received new tokens.
    case received
    /// It has found that the store still holds the token that was sent.
    case compared
    /// It has learned that its token can never be used again.
    case tokenRefused
    /// It has learned that the session has ended.
    case sessionRefused
  }

  var phase = Phase.idle
  /// The number of the blob that was read.
  var blob = 0
  /// The number of the pair that was received.
  var received = 0

  init(_ phase: Phase = .idle, blob: Int = 0, received: Int = 0) {
    self.phase = phase
    self.blob = blob
    self.received = received
  }

  init(packed: Int) {
    phase = Phase(rawValue: packed & 7) ?? .idle
    blob = packed >> 3 & 0xfff
    received = packed >> 15 & 0xfff
  }

  var packed: Int { phase.rawValue | blob << 3 | received << 15 }
}
