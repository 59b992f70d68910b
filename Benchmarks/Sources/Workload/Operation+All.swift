// SPDX-License-Identifier: Apache-2.0

extension Operation {
  /// Returns every measured operation; those of other libraries only with the trait `Peers`.
  package static func all() throws -> [Operation] {
    var operations = try hmac() + encoding() + tokens()
    #if Peers
      operations += try peers()
    #endif
    return try operations + rejections() + rotation() + restoration()
  }
}
