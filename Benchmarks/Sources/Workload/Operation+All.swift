// SPDX-License-Identifier: Apache-2.0

extension Operation {
  /// Everything that is measured, peers beside what they are compared with.
  package static func all() throws -> [Operation] {
    try hmac() + encoding() + tokens() + peers() + rejections() + rotation() + restoration()
  }
}
