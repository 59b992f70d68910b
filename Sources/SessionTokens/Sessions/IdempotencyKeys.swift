// SPDX-License-Identifier: Apache-2.0

/// The idempotency keys of a session's last four refresh requests, newest first, as one text column.
///
/// An idempotency key is a client's random name for one use of one refresh token: every retry sends the same
/// key. The first key is that of the request that created the current tokens. The place of a request without
/// a key is empty. Commas separate the places, and empty places at the end are left out, so equal values have
/// equal texts. The text has at most 259 characters.
public struct IdempotencyKeys: RawRepresentable, Sendable {
  /// The maximum number of remembered requests.
  static let maximumCount = 4

  private let stored: String
  /// The newest request's key, in the first of the places before `stored`; the others are empty.
  private let newest: String?
  /// The number of places before `stored`.
  private let newCount: Int

  /// The text to store.
  ///
  /// The text is joined on each access, so that a rotation's decision allocates memory for its two tokens alone.
  public var rawValue: String { newCount == 0 ? stored : joined }
}

extension IdempotencyKeys {
  /// Creates the keys from a stored text; `nil` when it isn't well formed.
  public init?(rawValue: String) {
    let keys = rawValue.utf8.split(separator: Self.comma, omittingEmptySubsequences: false)
    guard keys.count <= Self.maximumCount, keys.count == 1 || keys.last?.isEmpty == false,
      keys.allSatisfy({ $0.isEmpty || Self.isValid($0) })
    else { return nil }
    self.init(stored: rawValue, newest: nil, newCount: 0)
  }

  /// No keys, as in the record of a new session.
  public static var empty: IdempotencyKeys { IdempotencyKeys(stored: "", newest: nil, newCount: 0) }

  /// Returns a client's key; `nil` unless it is 16 … 64 characters of `A–Z a–z 0–9 - _`.
  static func accepted(_ key: String?) -> String? {
    guard let key, isValid(key.utf8) else { return nil }
    return key
  }

  /// Returns the key of the request that created the generation `age` generations before the current one.
  func key(age: Int64) -> Substring.UTF8View? {
    guard 0..<Int64(Self.maximumCount) ~= age else { return nil }
    guard age >= newCount else { return age == 0 ? newest?[...].utf8 : nil }
    var rest = stored.utf8[...]
    for _ in 0..<(age - Int64(newCount)) {
      guard let comma = rest.firstIndex(of: Self.comma) else { return nil }
      rest = rest[rest.index(after: comma)...]
    }
    let key = rest.prefix { $0 != Self.comma }
    return key.isEmpty ? nil : key
  }

  /// Returns the keys after one more request.
  ///
  /// - Parameters:
  ///   - key: The request's key; `nil` when it had none.
  ///   - skipped: The number of generations that a record restored from a backup lacks. The keys of their
  ///     requests are unknown and count as absent.
  /// - Returns: The keys of the new generation.
  func adding(_ key: String?, afterSkipping skipped: Int64) -> IdempotencyKeys {
    let skippedCount = Int(min(max(skipped, 0), Int64(Self.maximumCount - 1)))
    return IdempotencyKeys(stored: rawValue, newest: key, newCount: skippedCount + 1)
  }

  private var joined: String {
    let keptCount = Self.maximumCount - newCount
    let capacity = (newest?.utf8.count ?? 0) + Self.maximumCount + stored.utf8.count
    return String(capacity: capacity) { text in
      if let newest { text.append(utf8Of: newest) }
      text.append(repeating: Self.comma, count: newCount)
      var count = 1
      for byte in stored.utf8 {
        if byte == Self.comma { count += 1 }
        if count > keptCount { break }
        text.append(byte)
      }
      while text.count > 0, text[text.count - 1] == Self.comma { _ = text.removeLast() }
    }
  }

  private static let comma = UInt8(ascii: ",")

  private static func isValid(_ key: some Collection<UInt8>) -> Bool {
    key.withSpan { bytes in
      16...64 ~= bytes.count && bytes.indices.allSatisfy { Base64URL.isDigit(bytes[$0]) }
    }
  }
}

extension IdempotencyKeys: Equatable {
  /// Returns true when both texts have the same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.rawValue.hasSameBytes(as: b.rawValue) }
}

extension IdempotencyKeys: Redacted {
  /// The type's name, never a key.
  public var description: String { "IdempotencyKeys" }
}

#if !$Embedded
  extension IdempotencyKeys: Codable {
    /// Decodes a stored text.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.dataCorrupted` unless the text is well formed.
    public init(from decoder: any Decoder) throws {
      self = try decoder.decodeText { IdempotencyKeys(rawValue: $0) }
    }
  }
#endif
