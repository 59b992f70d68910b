// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Synchronization

@testable import App

/// A keychain that runs a test's closure before each reading.
final class AskedKeychain: Keychain {
  private let keychain: FileKeychain
  private let beforeReading: Mutex<(@Sendable () async -> StoredSession.Reading?)?> = Mutex(nil)

  init(_ keychain: FileKeychain) { self.keychain = keychain }

  /// The work before the next readings; its result is read in place of the item.
  func onRead(_ action: (@Sendable () async -> StoredSession.Reading?)?) {
    beforeReading.withLock { $0 = action }
  }

  @concurrent func read() async -> StoredSession.Reading {
    let action = beforeReading.withLock { $0 }
    if let reading = await action?() { return reading }
    return keychain.read()
  }

  @concurrent func write(_ bytes: [UInt8]) async -> Bool { keychain.write(bytes) }

  @concurrent func delete() async -> Bool { keychain.delete() }
}
