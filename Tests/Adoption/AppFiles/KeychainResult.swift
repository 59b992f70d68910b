// SPDX-License-Identifier: Apache-2.0

/// The meaning of a keychain call's status.
nonisolated enum KeychainResult: Equatable {
  case done
  /// There is no such item.
  case nothingThere
  /// The item can't be read now: before the first unlock, or while macOS asks
  /// the user.
  case locked
  /// Another process has added the item first.
  case conflict
  /// The call fails until the app is changed.
  case broken(String)

  init(_ status: Int32) {
    self =
      switch status {
      case 0: .done  // errSecSuccess
      case -25_300: .nothingThere  // errSecItemNotFound
      case -25_308: .locked  // errSecInteractionNotAllowed
      case -25_291: .locked  // errSecNotAvailable
      case -25_293: .locked  // errSecAuthFailed, a Mac's keychain
      case -128: .locked  // errSecUserCanceled, a Mac's keychain
      case -25_299: .conflict  // errSecDuplicateItem
      case -34_018:  // errSecMissingEntitlement
        .broken("Sign the app, with the capability Keychain Sharing")
      case -50: .broken("A keychain query has an invalid attribute")
      default: .broken("The keychain failed")
      }
  }
}
