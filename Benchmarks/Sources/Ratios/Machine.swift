// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The machine that runs the measurements.
enum Machine {
  /// One line: the CPU, if it is known, and the compiler's version.
  static var description: String {
    "\(cpu ?? "unknown CPU"); Swift \(compiler); the thread's CPU time; ratios within this run"
  }

  private static var cpu: String? {
    guard let file = fopen("/proc/cpuinfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4_096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.prefix { $0 != 0 && $0 != 0x0a }.map { UInt8(bitPattern: $0) }
      let string = String(decoding: text, as: UTF8.self)
      if string.hasPrefix("model name"), let colon = string.firstIndex(of: ":") {
        return String(string[string.index(colon, offsetBy: 2)...])
      }
    }
    return nil
  }

  private static var compiler: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "before 6.3"
    #endif
  }
}
