// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import SessionTokens

extension Response {
  /// A body with tokens or a refusal, which no cache may keep.
  init(status: HTTPResponse.Status, json: String) {
    var headers = HTTPFields()
    for (name, value) in TokenResponse.headerFields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    self.init(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: json)))
  }

  init(_ refusal: Refusal) {
    self.init(status: HTTPResponse.Status(code: refusal.statusCode), json: refusal.json)
  }
}
