// SPDX-License-Identifier: Apache-2.0

import Foundation
import Network
import SessionTokens
import UIKit

/// Sends the session the events of the system, for as long as the app runs.
@MainActor final class SystemEvents {
  private let session: AppSession
  private let network = NWPathMonitor()
  private var knowsNetwork = false

  /// Sends `launched`, and from then on each event; create one for the app.
  init(session: AppSession) {
    self.session = session
    // The app comes to the foreground.
    observe(UIApplication.didBecomeActiveNotification) { [self] in
      tell(.timePassed)
    }
    // The device was unlocked: the keychain can be read now.
    observe(UIApplication.protectedDataDidBecomeAvailableNotification) {
      [self] in tell(.timePassed)
    }
    observe(UIApplication.didEnterBackgroundNotification) { [self] in
      finishWork()
    }
    network.pathUpdateHandler = { [self] path in
      let isConnected = path.status == .satisfied
      MainActor.assumeIsolated { networkChanged(isConnected) }
    }
    network.start(queue: .main)
    tell(.launched)
  }

  /// Sends an event, such as `retryRequested` for a tap on "Try again".
  func tell(_ event: SessionRestoration.Event) {
    Task { await session.tell(event) }
  }

  /// Connectivity is back, or goes another way.
  private func networkChanged(_ isConnected: Bool) {
    // The first call says how it is at launch.
    if knowsNetwork, isConnected { tell(.retryRequested) }
    knowsNetwork = true
  }

  /// Keeps the process running until its refresh request has ended and it has
  /// given back the lock of the store.
  ///
  /// iOS ends a process that it suspends while it holds a lock on a file of a
  /// shared container.
  private func finishWork() {
    let background = BackgroundTask()
    Task {
      await session.finishWork()
      background.end()
    }
  }

  private func observe(
    _ name: Notification.Name, _ action: @escaping @MainActor () -> Void
  ) {
    _ = NotificationCenter.default.addObserver(
      forName: name, object: nil, queue: .main
    ) { _ in
      MainActor.assumeIsolated { action() }
    }
  }
}

/// Keeps the process running until `end`, or for as long as the system allows.
@MainActor private final class BackgroundTask {
  private var identifier = UIBackgroundTaskIdentifier.invalid

  init() {
    identifier = UIApplication.shared.beginBackgroundTask { [self] in end() }
  }

  func end() {
    guard identifier != .invalid else { return }
    UIApplication.shared.endBackgroundTask(identifier)
    identifier = .invalid
  }
}
