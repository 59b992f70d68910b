// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The sign-in server in a separate process, which can be killed at any moment.
struct SignInProcess: Sendable {
  let url: URL
  private let process: Process
  private let keys: TestKeys
  private let database: String

  /// Starts the server and waits until it listens.
  init(_ keys: TestKeys, database: String) throws {
    self.keys = keys
    self.database = database
    let output = Pipe()
    process = Process()
    process.executableURL = Self.productsDirectory.appending(path: "SignIn")
    process.environment = [
      "ISSUER": Deployment.issuer, "AUDIENCE": Deployment.audience, "ACCESS_KEYS": keys.access,
      "REFRESH_KEYS": keys.refresh, "DATABASE": database, "PORT": "0",
      "ACCOUNTS": "amelie:correct-horse:yearly,bruno:battery-staple:none",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard line.hasPrefix("port "), let port = Int(line.dropFirst(5).dropLast()) else {
      process.terminate()
      throw URLError(.cannotConnectToHost)
    }
    url = try .loopback(port: port)
  }

  /// Another process on the same database file.
  func restarted() throws -> SignInProcess {
    try SignInProcess(keys, database: database)
  }

  /// Ends the process at once.
  func kill() {
    guard process.isRunning else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static var productsDirectory: URL {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return Bundle.main.bundleURL
  }
}
