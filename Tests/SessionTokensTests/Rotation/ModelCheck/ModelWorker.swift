// SPDX-License-Identifier: Apache-2.0

/// A server's work on a request, in 32 bits.
struct ModelWorker {
  enum Phase: Int {
    /// None; in a burst, the request is about to be accepted.
    case idle
    /// It has read the row.
    case read
    /// It has decided something that must be written.
    case decided
    /// It has answered, in a burst.
    case done
  }

  var phase = Phase.idle
  /// The number of its decisions, including the one that it is about to make.
  var attempts = 0
  /// The number of the request.
  var request = 0
  /// The number of the row that was read, of the decision, or of the pair in the response.
  var content = 0

  init() {}

  init(packed: Int) {
    phase = Phase(rawValue: packed & 3) ?? .idle
    attempts = packed >> 2 & 7
    request = packed >> 5 & 0x3ff
    content = packed >> 15
  }

  var packed: Int { phase.rawValue | attempts << 2 | request << 5 | content << 15 }
}
