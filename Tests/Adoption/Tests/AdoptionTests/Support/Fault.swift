// SPDX-License-Identifier: Apache-2.0

/// What happens to one request on its way.
enum Fault: Sendable {
  /// The server never sees it.
  case lostRequest
  /// The server never sees it, and no answer comes.
  case hangingRequest
  /// The server has answered, and nothing of the answer comes.
  case hangingResponse
  /// The server has answered, and the connection ends after that many bytes of the body.
  case lostResponse(afterByteCount: Int)
  /// The server never sees it, and somebody else answers.
  case answer(status: Int, fields: [String: String], body: String)
}
