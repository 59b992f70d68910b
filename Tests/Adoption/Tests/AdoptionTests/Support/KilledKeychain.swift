// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

@testable import App

/// The app's file, and a process that ends while it writes there.
struct KilledKeychain: Keychain {
  /// The moment at which the process ends.
  enum Step: String, CaseIterable, Codable, Sendable {
    case beforeStaging, beforeReplacing, afterReplacing
  }

  let file: FileKeychain
  let step: Step

  func read() -> StoredSession.Reading { file.read() }

  func write(_ bytes: [UInt8]) -> Bool {
    end(at: .beforeStaging)
    do {
      try file.stage(bytes)
      end(at: .beforeReplacing)
      try file.replace()
    } catch {
      return false
    }
    end(at: .afterReplacing)
    return true
  }

  func delete() -> Bool { file.delete() }

  private func end(at step: Step) {
    if step == self.step { kill(getpid(), SIGKILL) }
  }
}
