// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// A keychain that takes over the session of a version without extensions.
///
/// Only the app can: its extensions can't see the old item, and use `item`.
nonisolated struct GroupMove: Keychain {
  /// The item of the keychain group, with the mark in the group's container.
  let item: any Keychain
  /// The item of the version before, with its mark.
  ///
  /// Name its group, which is the team's prefix and the app's bundle ID:
  /// without a group, a deletion is of the items of all groups.
  let old: any Keychain

  /// The old item goes last, and also where it was left behind: it must not
  /// come back after a sign-out.
  @concurrent func read() async -> StoredSession.Reading {
    let reading = await item.read()
    guard reading == .empty else {
      if case .found = reading { _ = await old.delete() }
      return reading
    }
    let former = await old.read()
    guard case .found(let session) = former else { return former }
    guard await item.write(session.bytes) else { return .locked }
    _ = await old.delete()
    return former
  }

  @concurrent func write(_ bytes: [UInt8]) async -> Bool {
    await item.write(bytes)
  }

  @concurrent func delete() async -> Bool {
    guard await old.delete() else { return false }
    return await item.delete()
  }
}
