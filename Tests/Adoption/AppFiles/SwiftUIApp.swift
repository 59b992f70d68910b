// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import SwiftUI

/// The session as SwiftUI observes it.
@MainActor final class SessionModel: ObservableObject {
  @Published private(set) var screen = Screen.loading
  @Published private(set) var subscription = ""

  let app: AppModel
  private var events: SystemEvents?

  init() {
    do { app = try AppModel() } catch { fatalError("\(error)") }
    Task { await run() }
  }

  func tell(_ event: SessionRestoration.Event) { events?.tell(event) }

  private func run() async {
    subscription = app.cache.subscription
    app.cache.show = { [self] in subscription = $0 }
    events = SystemEvents(session: app.session)
    await app.follower.run(show: { screen = $0 }) { [app] in
      await app.querySubscription()
    }
  }
}

// CHANGE: mark your own `App` with `@main` and keep the model in it.
struct ExampleApp: App {
  @StateObject private var model = SessionModel()

  var body: some Scene {
    WindowGroup { RootView(model: model) }
  }
}

/// One view for each screen of the session.
struct RootView: View {
  @ObservedObject var model: SessionModel

  var body: some View {
    switch model.screen {
    case .loading: ProgressView()
    case .app(let offline):
      VStack {
        if let offline {
          OfflineBar(cause: offline.cause) { model.tell(.retryRequested) }
        }
        // CHANGE: your app.
        Text(model.subscription)
        Button("Sign out") { model.tell(.signedOutByUser) }
      }
    case .signIn(let reason): SignInView(model: model, reason: reason)
    }
  }
}

/// Says why the app is offline, and offers to try again.
struct OfflineBar: View {
  let cause: SessionRestoration.Suspension.Cause
  let tryAgain: @MainActor () -> Void

  var body: some View {
    HStack {
      Text(cause.text)
      Button("Try again", action: tryAgain)
    }
  }
}

struct SignInView: View {
  @ObservedObject var model: SessionModel
  let reason: SessionRestoration.SignInReason
  @State private var user = ""
  @State private var password = ""
  @State private var problem: String?

  var body: some View {
    VStack {
      if let text = reason.text { Text(text) }
      TextField("Name", text: $user)
      SecureField("Password", text: $password)
      if let problem { Text(problem) }
      Button("Sign in") {
        Task { problem = await model.app.signIn(user: user, password: password) }
      }
    }
  }
}
