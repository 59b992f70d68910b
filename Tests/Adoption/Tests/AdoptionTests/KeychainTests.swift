// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Synchronization
import Testing

@testable import App

extension AdoptionTests {
  /// The code around the keychain item: its statuses, the reinstall guard, and the lock.
  @Suite struct KeychainTests {
    @Test(
      arguments: [
        (0, .done), (-25_300, .nothingThere), (-25_308, .locked), (-25_291, .locked),
        (-25_293, .locked), (-128, .locked), (-25_299, .conflict),
      ] as [(Int32, KeychainResult)])
    func `each status of the keychain has one meaning`(status: Int32, result: KeychainResult) {
      #expect(KeychainResult(status) == result)
    }

    @Test(arguments: [-34_018, -50, -4, 1] as [Int32])
    func `other statuses count as failures`(status: Int32) {
      guard case .broken(let text) = KeychainResult(status) else {
        Issue.record("a status that is not said")
        return
      }
      #expect(!text.isEmpty)
    }

    @Test func `after a reinstall there is no session`() async throws {
      try await Self.run { folder, item, bytes in
        let mark = folder.appending(path: "installation")
        let guarded = ReinstallGuard(item: item, mark: mark) { Issue.record("reported: \($0)") }
        #expect(await guarded.write(bytes))
        guard case .found = await guarded.read() else {
          Issue.record("the session of this installation is found")
          return
        }
        try FileManager.default.removeItem(at: mark)
        #expect(await guarded.read() == .empty)
        #expect(item.read() == .empty)
      }
    }

    @Test func `a mark that can't be read deletes nothing, and is reported`() async throws {
      try await Self.run { folder, item, bytes in
        let name = String(repeating: "x", count: 300)
        let reports = Reports()
        let guarded = ReinstallGuard(item: item, mark: folder.appending(path: name)) {
          reports.add($0)
        }
        #expect(item.write(bytes))
        guard case .found = await guarded.read() else {
          Issue.record("the session is found")
          return
        }
        #expect(reports.texts.count == 1)
        #expect(reports.texts[0].hasPrefix("The mark of this installation can't be looked at"))
      }
    }

    @Test func `nothing is saved if no mark can be created`() async throws {
      try await Self.run { folder, item, bytes in
        let reports = Reports()
        let mark = folder.appending(path: "no-such-folder/installation")
        let guarded = ReinstallGuard(item: item, mark: mark) { reports.add($0) }
        #expect(await !guarded.write(bytes))
        #expect(item.read() == .empty)
        #expect(reports.texts.count == 1)
      }
    }

    @Test func `one process holds the lock at a time, and releases it`() async throws {
      try await Self.run { folder, _, _ in
        let lock = FileLock(
          path: folder.appending(path: "lock").path, patience: .milliseconds(100))
        let held = Held()
        await lock.hold { isHeld in
          await held.add(isHeld)
          await lock.hold { await held.add($0) }
        }
        await lock.hold { await held.add($0) }
        #expect(await held.entries == [true, false, true])
      }
    }

    @Test func `a lock that can't be opened isn't held`() async {
      let held = Held()
      await FileLock(path: "/nowhere/lock").hold { await held.add($0) }
      #expect(await held.entries == [false])
    }

    @Test func `a session of a version without extensions moves to the group`() async throws {
      try await Self.run { folder, old, bytes in
        let item = FileKeychain(file: folder.appending(path: "group"))
        let move = GroupMove(item: item, old: old)
        #expect(await move.read() == .empty)
        #expect(old.write(bytes))
        #expect(await move.read() == StoredSession.Reading(bytes: bytes))
        #expect(item.read() == StoredSession.Reading(bytes: bytes))
        #expect(old.read() == .empty)
        #expect(await move.delete())
        #expect(await move.read() == .empty)
      }
    }

    @Test func `an item that can't be moved now stays in its place`() async throws {
      try await Self.run { folder, old, bytes in
        #expect(old.write(bytes))
        let item = FileKeychain(file: folder.appending(path: "group"))
        let unwritable = GroupMove(item: UnwritableKeychain(item), old: old)
        #expect(await unwritable.read() == .locked)
        #expect(old.read() == StoredSession.Reading(bytes: bytes))

        let asked = AskedKeychain(old)
        asked.onRead { .locked }
        #expect(await GroupMove(item: item, old: asked).read() == .locked)
        #expect(item.read() == .empty)
        asked.onRead { .corrupt }
        #expect(await GroupMove(item: item, old: asked).read() == .corrupt)
        #expect(old.read() == StoredSession.Reading(bytes: bytes))
      }
    }

    @Test func `an item that was left behind doesn't come back after a sign-out`() async throws {
      try await Self.run { folder, old, bytes in
        let item = FileKeychain(file: folder.appending(path: "group"))
        #expect(old.write(bytes))
        let failing = GroupMove(item: item, old: UnerasableKeychain(old, failureCount: 2))
        #expect(await failing.read() == StoredSession.Reading(bytes: bytes))
        #expect(await failing.delete() == false)
        #expect(item.read() == StoredSession.Reading(bytes: bytes))
        #expect(await failing.delete())
        #expect(old.read() == .empty)
        #expect(item.read() == .empty)

        #expect(old.write(bytes))
        #expect(item.write(bytes))
        let move = GroupMove(item: item, old: old)
        let asked = AskedKeychain(item)
        asked.onRead { .corrupt }
        #expect(await GroupMove(item: asked, old: old).read() == .corrupt)
        #expect(old.read() == StoredSession.Reading(bytes: bytes))
        #expect(await move.read() == StoredSession.Reading(bytes: bytes))
        #expect(old.read() == .empty)
      }
    }

    /// Runs a test with its own folder, an empty item in it, and the bytes of a session.
    private static func run(
      _ test: (URL, FileKeychain, [UInt8]) async throws -> Void
    ) async throws {
      let directory = try TemporaryDirectory()
      defer { directory.remove() }
      var machine = SessionRestoration()
      let now = NumericDate(clamping: 1_795_000_000)
      let tokens = try TokenResponse(
        accessToken: "a.b.c", expiresIn: .seconds(900), refreshToken: "d.e.f",
        refreshTokenExpiresIn: nil)
      guard case .readStore(let ticket)? = machine.handle(.signedIn(tokens), at: now).last,
        case .save(let session, _)? =
          machine.handle(.storeRead(ticket, .empty), at: now).last
      else {
        Issue.record("a sign-in reads, then saves")
        return
      }
      try await test(
        directory.url, FileKeychain(file: directory.url.appending(path: "item")), session.bytes)
    }
  }
}

private actor Held {
  private(set) var entries: [Bool] = []
  func add(_ isHeld: Bool) { entries.append(isHeld) }
}

private final class Reports: Sendable {
  private let storage = Mutex<[String]>([])
  var texts: [String] { storage.withLock { $0 } }
  func add(_ text: String) { storage.withLock { $0.append(text) } }
}
