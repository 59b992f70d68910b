// SPDX-License-Identifier: Apache-2.0

import Foundation

extension URL {
  static func loopback(port: Int) throws -> URL {
    guard let url = URL(string: "http://127.0.0.1:\(port)") else { throw URLError(.badURL) }
    return url
  }
}
