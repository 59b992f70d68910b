// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import UIKit

/// The root of a UIKit app: one child for each screen of the session.
///
/// Create one for the app, not for each scene: `follower.run` may run only once.
/// Give it to the window again when a scene reconnects.
@MainActor final class RootViewController: UIViewController {
  private let app: AppModel
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
    // CHANGE: show what the user has paid for.
    title = app.cache.subscription
    app.cache.show = { [self] in title = $0 }
    events = SystemEvents(session: app.session)
    await app.follower.run(show: { show($0) }) { [app] in
      await app.querySubscription()
    }
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
      // CHANGE: your sign-in form, which shows the reason's `text` and calls
      // `app.signIn`.
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
}
