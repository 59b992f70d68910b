// SPDX-License-Identifier: Apache-2.0

import SessionTokens

@testable import App

/// A keychain in memory.
actor MemoryKeychain: Keychain {
  private var bytes: [UInt8]?

  func read() -> StoredSession.Reading {
    bytes.map { StoredSession.Reading(bytes: $0) } ?? .empty
  }

  func write(_ bytes: [UInt8]) -> Bool {
    self.bytes = bytes
    return true
  }

  func delete() -> Bool {
    bytes = nil
    return true
  }
}
