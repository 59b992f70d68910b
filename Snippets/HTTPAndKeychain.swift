// SPDX-License-Identifier: Apache-2.0

// What `AppSession` needs of the system: an HTTP client on URLSession, and a keychain item.
//
// `swift run HTTPAndKeychain` looks at the requests that would be sent.

import Foundation
import SessionTokens

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

// The protocols of `Snippets/AppSession.swift`: a snippet is one file.

protocol Transport: Sendable {
  @concurrent func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  @concurrent func revoke(refreshToken: String) async
}

protocol Keychain: Sendable {
  @concurrent func read() async -> StoredSession.Reading
  @concurrent func write(_ bytes: [UInt8]) async -> Bool
  @concurrent func delete() async -> Bool
}

protocol ProcessLock: Sendable {
  @concurrent func hold(_ work: @Sendable (_ isHeld: Bool) async -> Void) async
}

// snippet.http

/// Writes down what is wrong in the app or its servers: loudly, and for you.
typealias Report = @Sendable (String) -> Void

/// Follows no redirect: tokens go to the two servers that the app knows, and
/// nowhere else.
nonisolated final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}

/// The result of a sign-in request.
nonisolated enum SignInAnswer {
  case tokens(TokenResponse)
  /// 403: no such user, or another password.
  case wrongCredentials
  /// Anything else: the server, or the way to it, has a problem.
  case tryAgainLater
}

/// The sign-in server and the API, over HTTPS.
nonisolated struct HTTPTransport: Transport {
  let signInServer: URL
  let api: URL
  let session: URLSession
  let report: Report

  init(signInServer: URL, api: URL, report: @escaping Report) {
    self.signInServer = signInServer
    self.api = api
    self.report = report
    let configuration = URLSessionConfiguration.ephemeral
    // The same as `SessionRestoration.Configuration.requestTimeout`, for the
    // whole of a request.
    configuration.timeoutIntervalForRequest = 60
    configuration.timeoutIntervalForResource = 60
    session = URLSession(
      configuration: configuration, delegate: RedirectRefusal(),
      delegateQueue: nil)
  }

  /// Signs in with a password; replace the body with what your server takes.
  @concurrent func signIn(user: String, password: String) async
    -> SignInAnswer
  {
    var request = URLRequest(url: signInServer.appendingPathComponent("sign-in"))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    let credentials = ["user": user, "password": password]
    request.httpBody = try? JSONEncoder().encode(credentials)
    guard let (body, response) = try? await session.data(for: request),
      let status = (response as? HTTPURLResponse)?.statusCode
    else { return .tryAgainLater }
    if status == 403 { return .wrongCredentials }
    guard status == 200, let tokens = try? TokenResponse(parsing: body) else {
      return .tryAgainLater
    }
    return .tokens(tokens)
  }

  @concurrent func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  {
    guard
      let (body, response) = try? await session.data(
        for: form(for: request)),
      let response = response as? HTTPURLResponse
    else { return .unreachable }
    return RefreshAnswer(
      status: response.statusCode,
      retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
      date: response.value(forHTTPHeaderField: "Date"), body: body)
  }

  /// Tries three times: the session lives on at the server until the request
  /// has arrived there.
  ///
  /// Every status but 200 is a failure: a wrong route is reported.
  @concurrent func revoke(refreshToken: String) async {
    let form = form(
      "revoke", ["token": refreshToken, "token_type_hint": "refresh_token"])
    var status: Int?
    for pause in [0, 2, 10] {
      try? await Task.sleep(for: .seconds(pause))
      let response = try? await session.data(for: form).1
      status = (response as? HTTPURLResponse)?.statusCode
      if status == 200 { return }
    }
    let answer = status.map { "status \($0)" } ?? "no response"
    report("The server did not end a session at sign-out: \(answer)")
  }

  /// A request to the API, to be sent by `AppSession.authorized`.
  @concurrent func get(_ path: String, accessToken: String) async throws -> (
    status: Int, body: Data
  ) {
    var request = URLRequest(url: api.appendingPathComponent(path))
    request.setValue(
      "Bearer \(accessToken)", forHTTPHeaderField: "Authorization")
    let (body, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else {
      throw URLError(.badServerResponse)
    }
    return (response.statusCode, body)
  }

  func form(for request: SessionRestoration.RefreshRequest) -> URLRequest {
    var form = form(
      "token",
      ["grant_type": "refresh_token", "refresh_token": request.refreshToken])
    form.setValue(request.idempotencyKey, forHTTPHeaderField: "Idempotency-Key")
    return form
  }

  /// Tokens are digits of base64url and dots, which a form takes as they are.
  private func form(_ path: String, _ members: KeyValuePairs<String, String>)
    -> URLRequest
  {
    var request = URLRequest(url: signInServer.appendingPathComponent(path))
    request.httpMethod = "POST"
    request.setValue(
      "application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(
      members.map { "\($0)=\($1)" }.joined(separator: "&").utf8)
    return request
  }
}

// snippet.reinstall

/// A keychain that forgets the session of an installation before this one.
///
/// An item of the keychain outlives the app; a file in its container doesn't.
nonisolated struct ReinstallGuard: Keychain {
  let item: any Keychain
  /// A file in the app's container, or in the group's if extensions share the
  /// item.
  let mark: URL
  let report: Report

  /// Deletes a session only if the mark is provably absent.
  ///
  /// A mark that can't be looked at proves nothing.
  @concurrent func read() async -> StoredSession.Reading {
    let reading = await item.read()
    guard case .found = reading, isMarkAbsent() else { return reading }
    return await item.delete() ? .empty : .locked
  }

  /// Creates the mark first: without it, the next launch would delete the
  /// session.
  @concurrent func write(_ bytes: [UInt8]) async -> Bool {
    guard createMark() else { return false }
    return await item.write(bytes)
  }

  @concurrent func delete() async -> Bool { await item.delete() }

  private func isMarkAbsent() -> Bool {
    do {
      _ = try FileManager.default.attributesOfItem(atPath: mark.path)
      return false
    } catch CocoaError.fileReadNoSuchFile {
      return true
    } catch {
      report("The mark of this installation can't be looked at: \(error)")
      return false
    }
  }

  private func createMark() -> Bool {
    guard isMarkAbsent() else { return true }
    do {
      try Data().write(to: mark, options: Self.withoutProtection)
      return true
    } catch {
      report("The mark of this installation can't be created: \(error)")
      return false
    }
  }

  /// The file can be read before the first unlock, too.
  private static var withoutProtection: Data.WritingOptions {
    #if canImport(Darwin)
      .noFileProtection
    #else
      []
    #endif
  }
}

// snippet.lock

/// A lock on a file that the processes of an app share.
///
/// The file belongs to the call: it is closed, which gives the lock back, when
/// `work` has returned or the process has ended. No thread is blocked.
nonisolated struct FileLock: ProcessLock {
  /// A file in the container of the app group, of this lock alone.
  let path: String
  /// How long to wait for other processes.
  var patience = Duration.seconds(10)

  @concurrent func hold(_ work: @Sendable (Bool) async -> Void) async {
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { if file >= 0 { close(file) } }
    let end = ContinuousClock.now + patience
    var isHeld = flock(file, LOCK_EX | LOCK_NB) == 0
    while !isHeld, file >= 0, ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(20))
      isHeld = flock(file, LOCK_EX | LOCK_NB) == 0
    }
    await work(isHeld)
  }
}

// snippet.status

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

// snippet.hide

#if canImport(Security)
  import Security
  // snippet.show

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
#endif
// snippet.hide

func check(_ what: String, _ isTrue: Bool) {
  print(isTrue ? "as it must be: \(what)" : "WRONG: \(what)")
  precondition(isTrue, what)
}

let transport = HTTPTransport(
  signInServer: URL(fileURLWithPath: "/id"), api: URL(fileURLWithPath: "/api"),
  report: { print($0) })

check(
  "no redirect is followed", transport.session.delegate is RedirectRefusal)

let signedInAt = NumericDate(clamping: 1_795_000_000)
let answer =
  #"{"access_token":"a.b.c","token_type":"Bearer","expires_in":900,"refresh_token":"d.e.f"}"#

/// Answers the readings that the machine asks for, and returns the effect that
/// is awaited then.
func awaited(
  _ machine: inout SessionRestoration, after event: SessionRestoration.Event,
  store: StoredSession.Reading, at now: NumericDate
) -> SessionRestoration.Effect? {
  var effects = machine.handle(event, at: now)
  while case .readStore(let ticket)? = effects.last {
    effects = machine.handle(.storeRead(ticket, store), at: now)
  }
  return effects.last
}

var machine = SessionRestoration()
let saving = awaited(
  &machine, after: .signedIn(try TokenResponse(parsing: answer.utf8)),
  store: .empty, at: signedInAt)
guard case .save(let session, _)? = saving else {
  preconditionFailure("nothing to save")
}

var relaunched = SessionRestoration()
let sending = awaited(
  &relaunched, after: .launched, store: .found(session),
  at: signedInAt + .seconds(86_400))
guard case .refresh(let request, _)? = sending else {
  preconditionFailure("nothing to send")
}
let sent = transport.form(for: request)
check(
  "\(sent.httpMethod ?? "") \(sent.url?.path ?? "")", sent.httpMethod == "POST")
let body = String(decoding: sent.httpBody ?? Data(), as: UTF8.self)
check(body, body == "grant_type=refresh_token&refresh_token=d.e.f")
let key = sent.value(forHTTPHeaderField: "Idempotency-Key")
check(
  "the request carries its key",
  key == request.idempotencyKey && key?.utf8.count == 22)
let type = sent.value(forHTTPHeaderField: "Content-Type")
check(type ?? "no type", type == "application/x-www-form-urlencoded")

check("before the first unlock is locked", KeychainResult(-25_308) == .locked)
check("no item is nothing there", KeychainResult(-25_300) == .nothingThere)
for status: Int32 in [-34_018, -50, -4, 1] {
  guard case .broken(let why) = KeychainResult(status) else {
    preconditionFailure("\(status) is said loudly")
  }
  print("  \(status): \(why)")
}

/// A keychain item in memory.
actor MemoryItem: Keychain {
  private var item: [UInt8]?
  func read() -> StoredSession.Reading { StoredSession.Reading(bytes: item) }
  func write(_ bytes: [UInt8]) -> Bool {
    item = bytes
    return true
  }
  func delete() -> Bool {
    item = nil
    return true
  }
}

let container = FileManager.default.temporaryDirectory
  .appendingPathComponent("container-\(UUID())")
try FileManager.default.createDirectory(
  at: container, withIntermediateDirectories: true)
let item = MemoryItem()
let mark = container.appendingPathComponent("installation")
let guarded = ReinstallGuard(item: item, mark: mark) { _ in }
check("a session is saved", await guarded.write(session.bytes))
check("and read again", await guarded.read() == .found(session))
let longName = String(repeating: "x", count: 300)
let unreadable = ReinstallGuard(
  item: item, mark: container.appendingPathComponent(longName)
) { print("  reported:", $0.prefix(48)) }
check(
  "a mark that can't be looked at deletes nothing",
  await unreadable.read() == .found(session))
try FileManager.default.removeItem(at: mark)
check(
  "after a reinstall there is no session", await guarded.read() == .empty)
check("in the keychain either", await item.read() == .empty)
try FileManager.default.removeItem(at: container)
check(
  "nothing is saved where no mark can be created",
  await !guarded.write(session.bytes))

let path = FileManager.default.temporaryDirectory
  .appendingPathComponent("lock-\(UUID())").path
let lock = FileLock(path: path, patience: .milliseconds(100))
actor Log {
  var entries: [Bool] = []
  func add(_ isHeld: Bool) { entries.append(isHeld) }
}
let log = Log()
await lock.hold { isHeld in
  await log.add(isHeld)
  await lock.hold { await log.add($0) }
}
await lock.hold { await log.add($0) }
check(
  "one holds the lock at a time, and gives it back",
  await log.entries == [true, false, true])
try FileManager.default.removeItem(atPath: path)
await FileLock(path: "/nowhere/lock").hold { await log.add($0) }
check(
  "a lock that cannot be opened is not held",
  await log.entries == [true, false, true, false])
