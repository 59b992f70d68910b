import SessionTokens

/// What the actor needs of a keychain: one item of bytes.
///
/// `write` updates the item and never deletes it first. An app whose extensions share the item holds
/// a lock of theirs, such as a file lock, while `AppSession.tell` runs.
protocol Keychain: Sendable {
  func read() -> StoredSession.Reading
  mutating func write(_ bytes: [UInt8]) throws
  mutating func delete() throws
}
