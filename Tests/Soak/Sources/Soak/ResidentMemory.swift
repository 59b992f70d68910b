// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The current memory of the process.
enum ResidentMemory {
  /// The size in bytes; `nil` on a system without it in `/proc`.
  static var byteCount: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? Int(fields[1]).map { $0 * 4_096 } : nil
  }
}
