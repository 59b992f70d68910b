// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The memory that the process holds now.
enum ResidentMemory {
  /// The size in bytes; `nil` on a system that does not tell in `/proc`.
  static var byteCount: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? Int(fields[1]).map { $0 * 4_096 } : nil
  }
}
