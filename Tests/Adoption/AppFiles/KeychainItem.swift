// SPDX-License-Identifier: Apache-2.0

import Foundation
import Security
import SessionTokens

/// One item of the keychain, readable after the first unlock since the
/// device has started.
nonisolated struct KeychainItem: Keychain {
  let service: String
  /// The keychain group that the app shares with its extensions, with the
  /// team's prefix: "ABCDE12345.com.example.shared".
  var accessGroup: String?
  let report: Report

  @concurrent func read() async -> StoredSession.Reading {
    var found: CFTypeRef?
    let query = query("session", [kSecReturnData: true])
    switch result(SecItemCopyMatching(query, &found)) {
    case .done: return StoredSession.Reading(bytes: found as? Data)
    case .nothingThere: return isLocked() ? .locked : .empty
    case .locked, .conflict, .broken: return .locked
    }
  }

  /// Updates the item, or adds it if there is none; never deletes it first.
  @concurrent func write(_ bytes: [UInt8]) async -> Bool {
    let content: [CFString: Any] = [
      kSecValueData: Data(bytes),
      kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
    ]
    let updated = result(
      SecItemUpdate(query("session"), content as CFDictionary))
    guard updated == .nothingThere else { return updated == .done }
    return result(SecItemAdd(query("session", content), nil)) == .done
  }

  @concurrent func delete() async -> Bool {
    let result = result(SecItemDelete(query("session")))
    return result == .done || result == .nothingThere
  }

  /// Whether the keychain is locked, although it says that there is no item.
  ///
  /// It may say so before the first unlock. Adding an item fails then.
  private func isLocked() -> Bool {
    let probe = query(
      "probe",
      [
        kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
      ])
    let added = result(SecItemAdd(probe, nil))
    if added == .done { SecItemDelete(query("probe")) }
    return added != .done && added != .conflict
  }

  private func result(_ status: OSStatus) -> KeychainResult {
    let result = KeychainResult(status)
    if case .broken(let why) = result { report("\(why) (\(status))") }
    return result
  }

  private func query(_ account: String, _ more: [CFString: Any] = [:])
    -> CFDictionary
  {
    var attributes: [CFString: Any] = [
      kSecClass: kSecClassGenericPassword, kSecAttrService: service,
      kSecAttrAccount: account, kSecUseDataProtectionKeychain: true,
    ]
    attributes[kSecAttrAccessGroup] = accessGroup
    return attributes.merging(more) { $1 } as CFDictionary
  }
}
