import SessionTokens
import Synchronization

@testable import App

/// The app's file, which cannot be deleted for so many times.
final class UnerasableKeychain: Keychain {
  private struct NotNow: Error {}

  private let file: FileKeychain
  private let failuresLeft: Mutex<Int>

  init(_ file: FileKeychain, failureCount: Int) {
    self.file = file
    failuresLeft = Mutex(failureCount)
  }

  func read() -> StoredSession.Reading { file.read() }

  func write(_ bytes: [UInt8]) throws { try file.write(bytes) }

  func delete() throws {
    try failuresLeft.withLock { left in
      guard left == 0 else {
        left -= 1
        throw NotNow()
      }
    }
    try file.delete()
  }
}
