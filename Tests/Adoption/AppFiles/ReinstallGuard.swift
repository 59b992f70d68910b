// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

/// A keychain that forgets the session of an installation before this one.
///
/// An item of the keychain outlives the app; a file in its container doesn't.
nonisolated struct ReinstallGuard: Keychain {
  let item: any Keychain
  /// A file in the app's container, or in the group's if extensions share the
  /// item.
  let mark: URL
  let report: Report

  /// Deletes a session only if the mark is provably absent.
  ///
  /// A mark that can't be looked at proves nothing.
  @concurrent func read() async -> StoredSession.Reading {
    let reading = await item.read()
    guard case .found = reading, isMarkAbsent() else { return reading }
    return await item.delete() ? .empty : .locked
  }

  /// Creates the mark first: without it, the next launch would delete the
  /// session.
  @concurrent func write(_ bytes: [UInt8]) async -> Bool {
    guard createMark() else { return false }
    return await item.write(bytes)
  }

  @concurrent func delete() async -> Bool { await item.delete() }

  private func isMarkAbsent() -> Bool {
    do {
      _ = try FileManager.default.attributesOfItem(atPath: mark.path)
      return false
    } catch CocoaError.fileReadNoSuchFile {
      return true
    } catch {
      report("The mark of this installation can't be looked at: \(error)")
      return false
    }
  }

  private func createMark() -> Bool {
    guard isMarkAbsent() else { return true }
    do {
      try Data().write(to: mark, options: Self.withoutProtection)
      return true
    } catch {
      report("The mark of this installation can't be created: \(error)")
      return false
    }
  }

  /// The file can be read before the first unlock, too.
  private static var withoutProtection: Data.WritingOptions {
    #if canImport(Darwin)
      .noFileProtection
    #else
      []
    #endif
  }
}
