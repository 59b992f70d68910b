// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// The few names of UIKit that `Tests/Adoption/AppFiles` uses, with their kinds. It does nothing.

@_exported public import Foundation

public struct UIBackgroundTaskIdentifier: Sendable, Equatable {
  public static let invalid = UIBackgroundTaskIdentifier()
}

@MainActor open class UIApplication {
  public static let shared = UIApplication()
  public nonisolated static let didBecomeActiveNotification = Notification.Name("active")
  public nonisolated static let didEnterBackgroundNotification = Notification.Name("background")
  public nonisolated static let protectedDataDidBecomeAvailableNotification = Notification.Name(
    "protected")
  public func beginBackgroundTask(
    expirationHandler: (@MainActor @Sendable () -> Void)? = nil
  ) -> UIBackgroundTaskIdentifier { UIBackgroundTaskIdentifier() }
  public func endBackgroundTask(_: UIBackgroundTaskIdentifier) {}
}

@MainActor open class UIView {
  public var frame = CGRect.zero
  public var bounds = CGRect.zero
  public func addSubview(_: UIView) {}
  public func removeFromSuperview() {}
}

@MainActor open class UINavigationItem {
  public var prompt: String?
}

@MainActor open class UIViewController {
  public init(nibName: String?, bundle: Bundle?) {}
  public convenience init() { self.init(nibName: nil, bundle: nil) }
  public required init?(coder: NSCoder) {}
  public var view = UIView()
  public var title: String?
  public let navigationItem = UINavigationItem()
  public var children: [UIViewController] = []
  open func viewDidLoad() {}
  public func addChild(_: UIViewController) {}
  public func willMove(toParent: UIViewController?) {}
  public func didMove(toParent: UIViewController?) {}
  public func removeFromParent() {}
}
