// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

@testable import App

/// A file in place of a keychain: one session, readable by its owner only.
///
/// A crash at any moment leaves either the old session or the new one: the bytes are written beside
/// the file, reach the disk, and then take its name.
struct FileKeychain: Keychain {
  let file: URL

  private var draft: URL { file.appendingPathExtension("draft") }

  func read() -> StoredSession.Reading {
    do {
      return StoredSession.Reading(bytes: try Data(contentsOf: file))
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      return .empty
    } catch {
      return .locked
    }
  }

  func write(_ bytes: [UInt8]) -> Bool {
    do {
      try stage(bytes)
      try replace()
      return true
    } catch {
      return false
    }
  }

  func delete() -> Bool {
    do {
      for item in [file, draft] {
        do {
          try FileManager.default.removeItem(at: item)
        } catch CocoaError.fileNoSuchFile {}
      }
      return true
    } catch {
      return false
    }
  }

  /// The first step of ``write(_:)``: the bytes are on disk, and nobody reads them yet.
  func stage(_ bytes: [UInt8]) throws {
    try? FileManager.default.removeItem(at: draft)
    guard
      FileManager.default.createFile(
        atPath: draft.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    let handle = try FileHandle(forWritingTo: draft)
    defer { try? handle.close() }
    try handle.write(contentsOf: Data(bytes))
    try handle.synchronize()
  }

  /// The second step: the new session takes the place of the old one, at once.
  func replace() throws {
    guard unsafe rename(draft.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
