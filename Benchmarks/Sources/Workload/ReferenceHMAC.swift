// SPDX-License-Identifier: Apache-2.0

import CReferenceHMAC

/// HMAC-SHA256 in C with cached pads.
struct ReferenceHMAC: Sendable {
  private let key: reference_hmac_key

  init(secret: [UInt8]) {
    var key = reference_hmac_key()
    reference_hmac_init(&key, secret, secret.count)
    self.key = key
  }

  /// Returns the code in an array, as the library does.
  func code(for message: [UInt8]) -> [UInt8] {
    withUnsafePointer(to: key) { key in
      [UInt8](unsafeUninitializedCapacity: 32) { code, count in
        reference_hmac(key, message, message.count, code.baseAddress)
        count = 32
      }
    }
  }
}
