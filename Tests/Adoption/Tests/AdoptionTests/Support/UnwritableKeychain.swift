// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Synchronization

@testable import App

/// The app's file, which cannot be written for now.
final class UnwritableKeychain: Keychain {
  private let file: FileKeychain
  private let isWritable = Mutex(false)

  init(_ file: FileKeychain) { self.file = file }

  func makeWritable() { isWritable.withLock { $0 = true } }

  func read() -> StoredSession.Reading { file.read() }

  func write(_ bytes: [UInt8]) -> Bool { isWritable.withLock { $0 } && file.write(bytes) }

  func delete() -> Bool { file.delete() }
}
