// SPDX-License-Identifier: Apache-2.0

extension Operation {
  /// Everything that is measured; other libraries with the trait `Peers` alone.
  package static func all() throws -> [Operation] {
    var operations = try hmac() + encoding() + tokens()
    #if Peers
      operations += try peers()
    #endif
    return try operations + rejections() + rotation() + restoration()
  }
}
