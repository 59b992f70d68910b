// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// An in-memory table of sessions with compare-and-swap, which fails at random, and the audit of
/// every write to it.
actor SessionStore {
  /// A deliberate defect of the table, to check that the soak notices it.
  enum Defect: String {
    case ignoresVersion = "ignores-version"
  }

  private var rows: [SessionID: SessionRecord] = [:]
  private var random: SoakRandom
  private let defect: Defect?
  private(set) var lostSwapCount = 0
  private(set) var failureCount = 0
  private(set) var violations: Set<Violation> = []

  init(seed: UInt64, defect: Defect?) {
    random = SoakRandom(seed: seed)
    self.defect = defect
  }

  var rowCount: Int { rows.count }

  func insert(_ record: SessionRecord) {
    rows[record.id] = record
  }

  func delete(_ id: SessionID) {
    rows[id] = nil
  }

  func read(_ id: SessionID) throws(StoreFailure) -> SessionRecord? {
    try failAtTimes()
    return rows[id]
  }

  /// Replaces a row; returns false if another version is there.
  ///
  /// - Throws: Before or after the row was replaced: the caller can't know.
  func swap(_ update: SessionUpdate) throws(StoreFailure) -> Bool {
    try failAtTimes()
    guard let row = rows[update.record.id] else { return false }
    guard row.version == update.expectedVersion || defect == .ignoresVersion else {
      lostSwapCount += 1
      return false
    }
    audit(update, over: row)
    rows[update.record.id] = update.record
    try failAtTimes()
    return true
  }

  /// Checks every write that succeeded, whatever allowed it.
  private func audit(_ update: SessionUpdate, over row: SessionRecord) {
    let next = update.record
    if update.expectedVersion != row.version { violations.insert(.lostUpdate) }
    let isNext = next.version == row.version + 1
    let isRotation = next.revocationReason == nil && next.generation == row.generation + 1
    let isRevocation = next.revocationReason != nil && next.generation == row.generation
    if !isNext || !(isRotation || isRevocation) { violations.insert(.fork) }
    if row.revocationReason != nil { violations.insert(.resurrection) }
  }

  private func failAtTimes() throws(StoreFailure) {
    guard random.once(in: 40) else { return }
    failureCount += 1
    throw StoreFailure()
  }
}
