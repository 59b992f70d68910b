// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A directory for the files of one test.
struct TemporaryDirectory: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "adoption-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var database: String { url.appending(path: "sessions.sqlite").path }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
