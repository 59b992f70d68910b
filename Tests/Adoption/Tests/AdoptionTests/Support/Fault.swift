// SPDX-License-Identifier: Apache-2.0

/// The fault of one request on its way.
enum Fault: Sendable {
  /// The server never receives it.
  case lostRequest
  /// The server never receives it, and no answer comes.
  case hangingRequest
  /// The server has answered, and the answer is lost.
  case hangingResponse
  /// The server has answered, and the connection ends after that many bytes of the body.
  case lostResponse(afterByteCount: Int)
  /// The server never receives it, and somebody else answers.
  case answer(status: Int, fields: [String: String], body: String)
}
