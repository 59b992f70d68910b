// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// What the actor needs of a keychain: one item of bytes.
///
/// `write` updates the item and never deletes it first. Both return false when
/// they failed.
protocol Keychain: Sendable {
  @concurrent func read() async -> StoredSession.Reading
  @concurrent func write(_ bytes: [UInt8]) async -> Bool
  @concurrent func delete() async -> Bool
}
