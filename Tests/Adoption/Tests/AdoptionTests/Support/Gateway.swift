// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The network between the phone and the sign-in server: it forwards requests, and loses those that
/// the test selects.
final class Gateway: Sendable {
  private struct State {
    var server: URL
    var faults: [Fault] = []
    var paths: [String] = []
    var answers: [Answer] = []
    var isOutOfReach = false
  }

  /// The server's answer, whether or not it arrived.
  struct Answer: Sendable, Equatable {
    let path: String
    let status: Int
    let body: String
  }

  private struct ConnectionLost: Error {}

  private let state: Mutex<State>
  private let client = URLSession(configuration: .ephemeral)

  init(to server: URL) {
    state = Mutex(State(server: server))
  }

  /// The faults of the next requests, one after the other.
  func expect(_ faults: Fault...) {
    state.withLock { $0.faults += faults }
  }

  /// Whether every request is lost from now on.
  func setOutOfReach(_ isOutOfReach: Bool) {
    state.withLock { $0.isOutOfReach = isOutOfReach }
  }

  /// The server has come back at another address.
  func redirect(to server: URL) {
    state.withLock { $0.server = server }
  }

  /// The answers of the refresh endpoint, in order.
  var refreshes: [Answer] {
    state.withLock { $0.answers.filter { $0.path == "/token" } }
  }

  /// The paths of the phone's requests, in order.
  var paths: [String] { state.withLock { $0.paths } }

  var router: Router<BasicRequestContext> {
    let router = Router()
    router.get("**") { request, _ in try await self.pass(request) }
    router.post("**") { request, _ in try await self.pass(request) }
    return router
  }

  private func pass(_ request: Request) async throws -> Response {
    let fault = state.withLock { state -> Fault? in
      state.paths.append(request.uri.path)
      if state.isOutOfReach { return .lostRequest }
      return state.faults.isEmpty ? nil : state.faults.removeFirst()
    }
    switch fault {
    case nil:
      let answer = try await forward(request)
      return Response(
        status: HTTPResponse.Status(code: answer.status),
        body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
    case .lostRequest:
      return cut(status: 200, body: "", at: 0)
    case .hangingRequest:
      return try await hang()
    case .hangingResponse:
      _ = try await forward(request)
      return try await hang()
    case .lostResponse(let byteCount):
      let answer = try await forward(request)
      return cut(status: answer.status, body: answer.body, at: byteCount)
    case .answer(let status, let fields, let body):
      var headers = HTTPFields()
      for (name, value) in fields {
        if let name = HTTPField.Name(name) { headers[name] = value }
      }
      return Response(
        status: HTTPResponse.Status(code: status), headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
  }

  /// Waits until the phone hangs up, or the test ends.
  private func hang() async throws -> Response {
    try await Task.sleep(for: .seconds(300))
    throw ConnectionLost()
  }

  private func forward(_ request: Request) async throws -> Answer {
    let server = state.withLock { $0.server }
    var call = URLRequest(url: server.appending(path: request.uri.path))
    call.httpMethod = request.method.rawValue
    for field in request.headers where field.name != .contentLength && field.name != .connection {
      call.setValue(field.value, forHTTPHeaderField: field.name.rawName)
    }
    call.httpBody = Data(try await request.body.collect(upTo: 65_536).readableBytesView)
    // A separate task, as a phone that hangs up cancels nothing at the server.
    let (body, response) = try await Task { [call] in try await client.data(for: call) }.value
    let answer = Answer(
      path: request.uri.path, status: (response as? HTTPURLResponse)?.statusCode ?? 0,
      body: String(decoding: body, as: UTF8.self))
    state.withLock { $0.answers.append(answer) }
    return answer
  }

  /// A response that ends early, and the connection with it.
  private func cut(status: Int, body: String, at byteCount: Int) -> Response {
    Response(
      status: HTTPResponse.Status(code: status),
      headers: [.contentLength: String(max(body.utf8.count, 1))],
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(bytes: body.utf8.prefix(byteCount)))
        throw ConnectionLost()
      })
  }
}
