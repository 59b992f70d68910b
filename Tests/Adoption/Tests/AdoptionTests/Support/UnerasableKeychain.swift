// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Synchronization

@testable import App

/// The app's file, whose first deletions fail.
final class UnerasableKeychain: Keychain {
  private let file: FileKeychain
  private let failuresLeft: Mutex<Int>

  init(_ file: FileKeychain, failureCount: Int) {
    self.file = file
    failuresLeft = Mutex(failureCount)
  }

  func read() -> StoredSession.Reading { file.read() }

  func write(_ bytes: [UInt8]) -> Bool { file.write(bytes) }

  func delete() -> Bool {
    let mayDelete = failuresLeft.withLock { left in
      guard left > 0 else { return true }
      left -= 1
      return false
    }
    return mayDelete && file.delete()
  }
}
