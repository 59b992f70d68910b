// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import UIKit

/// The root of a UIKit app: one child for each screen of the session.
@MainActor final class RootViewController: UIViewController {
  private let app: AppModel
  private let cache = AppCache()
  private var events: SystemEvents?
  private var screen = Screen.loading

  init(app: AppModel) {
    self.app = app
    super.init(nibName: nil, bundle: nil)
  }

  required init?(coder: NSCoder) { nil }

  override func viewDidLoad() {
    super.viewDidLoad()
    Task { await run() }
  }

  /// The action of the button "Try again".
  func tryAgain() { events?.tell(.retryRequested) }

  /// The action of the button "Sign out".
  func signOut() { events?.tell(.signedOutByUser) }

  private func run() async {
    events = SystemEvents(session: app.session)
    await follow(
      app.session, cache: cache, show: { show($0) },
      querySubscription: { [self] in await querySubscription() })
  }

  private func show(_ next: Screen) {
    defer { screen = next }
    // Offline and online again: the same child, with or without its bar.
    if case .app(let offline) = next, case .app = screen {
      return showOfflineBar(offline)
    }
    switch next {
    case .loading: replaceChild(with: UIViewController())
    case .app(let offline):
      // CHANGE: your app's first view controller.
      replaceChild(with: UIViewController())
      showOfflineBar(offline)
    case .signIn:
      // CHANGE: your sign-in form, which calls `app.signIn`.
      replaceChild(with: UIViewController())
    }
  }

  private func showOfflineBar(_ offline: SessionRestoration.Suspension?) {
    // CHANGE: a bar with this text and the button "Try again".
    navigationItem.prompt = offline?.cause.text
  }

  private func replaceChild(with next: UIViewController) {
    for child in children {
      child.willMove(toParent: nil)
      child.view.removeFromSuperview()
      child.removeFromParent()
    }
    addChild(next)
    next.view.frame = view.bounds
    view.addSubview(next.view)
    next.didMove(toParent: self)
  }

  private func querySubscription() async {
    let answer = try? await app.session.authorized { [app] in
      try await app.transport.get("subscription", accessToken: $0)
    }
    guard let answer, answer.status == 200 else { return }
    // CHANGE: show what the user has paid for.
    title = String(decoding: answer.body, as: UTF8.self)
  }
}
