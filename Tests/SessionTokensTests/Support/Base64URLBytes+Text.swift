// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Base64URLBytes {
  /// The base64url text of bytes, encoded by Foundation and not by the library.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    String(
      Data(bytes).base64EncodedString().compactMap {
        $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0
      })
  }
}
