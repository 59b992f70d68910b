// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Other writers came first five times: the client may try again.
struct SwapsLost: HTTPResponseError {
  var status: HTTPResponse.Status { .serviceUnavailable }

  func response(from request: Request, context: some RequestContext) throws -> Response {
    Response(status: status, json: #"{"error":"temporarily_unavailable"}"#)
  }
}
