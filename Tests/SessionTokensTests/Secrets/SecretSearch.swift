// SPDX-License-Identifier: Apache-2.0

/// Looks for the spellings of many secrets in one pass over a text.
struct SecretSearch {
  /// The bytes by which a spelling is recognized before all of it is compared.
  private static let markByteCount = 8

  private var spellings: [UInt64: [(bytes: [UInt8], secret: String)]] = [:]

  init(_ secrets: [Secret]) {
    for secret in secrets {
      for spelling in secret.spellings where spelling.utf8.count >= Self.markByteCount {
        let bytes = Array(spelling.utf8)
        let mark = bytes.prefix(Self.markByteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        spellings[mark, default: []].append((bytes, secret.description))
      }
    }
  }

  /// The secrets that appear in one of the texts.
  func secrets(in texts: [String]) -> Set<String> {
    var found: Set<String> = []
    for text in Set(texts) {
      let bytes = Array(text.utf8)
      var mark: UInt64 = 0
      for end in bytes.indices {
        mark = mark << 8 | UInt64(bytes[end])
        for (spelling, secret) in spellings[mark] ?? []
        where bytes[(end + 1 - Self.markByteCount)...].starts(with: spelling) {
          found.insert(secret)
        }
      }
    }
    return found
  }
}
