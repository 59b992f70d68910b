// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import Logging
import NIOCore

/// A server that runs inside the test, on a port of loopback that the system chose.
struct LocalServer: Sendable {
  let url: URL
  private let running: Task<Void, any Error>

  init<Context>(_ router: Router<Context>) async throws
  where Context: InitializableFromSource<ApplicationRequestContextSource> {
    let (ports, port) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "adoption")
    logger.logLevel = .critical
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
      logger: logger)
    running = Task {
      defer { port.finish() }
      try await application.run()
    }
    guard let number = await ports.first(where: { _ in true }) else {
      throw URLError(.cannotConnectToHost)
    }
    url = try .loopback(port: number)
  }

  /// Stops the server, a moment later: NIO 2.101 traps when a server is cancelled while the last
  /// request of a phone is about to connect.
  func stop() {
    Task {
      try? await Task.sleep(for: .seconds(2))
      running.cancel()
    }
  }
}
