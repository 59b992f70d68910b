// SPDX-License-Identifier: Apache-2.0

/// A time in whole seconds since 1970-01-01T00:00:00Z, ignoring leap seconds (RFC 7519 §2).
///
/// The range is 0 … 253402300799, the end of the year 9999. A claim outside it, after rounding, is
/// malformed. This catches milliseconds written as seconds, with which a token would never expire.
public struct NumericDate: Sendable, Hashable {
  /// The seconds since the epoch.
  public let secondsSinceEpoch: Int64

  /// Creates a date; returns `nil` outside 0 … 253402300799.
  public init?(exactly secondsSinceEpoch: Int64) {
    guard Self.range.contains(secondsSinceEpoch) else { return nil }
    self.secondsSinceEpoch = secondsSinceEpoch
  }

  /// Creates the date in 0 … 253402300799 that is nearest to `secondsSinceEpoch`.
  public init(clamping secondsSinceEpoch: Int64) {
    self.secondsSinceEpoch = min(
      max(secondsSinceEpoch, Self.range.lowerBound), Self.range.upperBound)
  }

  /// The minimum date: 1970-01-01T00:00:00Z.
  public static let minimum = NumericDate(clamping: range.lowerBound)

  /// The maximum date: 9999-12-31T23:59:59Z.
  public static let maximum = NumericDate(clamping: range.upperBound)

  private static let range: ClosedRange<Int64> = 0...253_402_300_799

  /// Adds an interval to a date.
  ///
  /// - Parameters:
  ///   - date: The date to start from.
  ///   - interval: The difference in whole seconds; a fraction of a second is dropped.
  /// - Returns: The resulting date, clamped to the range.
  public static func + (date: NumericDate, interval: Duration) -> NumericDate {
    date.advanced(bySeconds: interval.clampedSeconds)
  }

  /// Subtracts an interval from a date.
  ///
  /// - Parameters:
  ///   - date: The date to start from.
  ///   - interval: The difference in whole seconds; a fraction of a second is dropped.
  /// - Returns: The resulting date, clamped to the range.
  public static func - (date: NumericDate, interval: Duration) -> NumericDate {
    let (negated, overflows) = Int64(0).subtractingReportingOverflow(interval.clampedSeconds)
    return date.advanced(bySeconds: overflows ? .max : negated)
  }

  /// Returns the time from `start` to `end` in whole seconds, negative when `end` is earlier.
  public static func - (end: NumericDate, start: NumericDate) -> Duration {
    .seconds(end.secondsSinceEpoch - start.secondsSinceEpoch)
  }

  private func advanced(bySeconds seconds: Int64) -> NumericDate {
    let (sum, overflows) = secondsSinceEpoch.addingReportingOverflow(seconds)
    return NumericDate(clamping: overflows ? .max : sum)
  }
}

extension NumericDate: Comparable {
  /// Returns true when `lhs` is earlier than `rhs`.
  public static func < (lhs: NumericDate, rhs: NumericDate) -> Bool {
    lhs.secondsSinceEpoch < rhs.secondsSinceEpoch
  }
}

extension NumericDate: CustomStringConvertible {
  /// The seconds since the epoch in decimal, as in a claim.
  public var description: String { String(secondsSinceEpoch) }
}

extension EqualityContent {
  static func date(_ date: NumericDate?) -> EqualityContent {
    date.map { .number($0.secondsSinceEpoch) } ?? []
  }
}

#if !$Embedded
  extension NumericDate: Codable {
    /// Decodes a whole number of seconds.
    ///
    /// Foundation's `JSONDecoder` stops the process at a whole number of 2^53 or more that is written with an
    /// exponent and more than a hundred digits, as it does for any integer. Don't use it to decode
    /// untrusted JSON.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.dataCorrupted` outside the range of dates.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      guard let date = NumericDate(exactly: try container.decode(Int64.self)) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not a date between 1970 and 9999")
      }
      self = date
    }

    /// Encodes a whole number of seconds.
    ///
    /// - Throws: The errors of `encoder`.
    public func encode(to encoder: any Encoder) throws { try secondsSinceEpoch.encode(to: encoder) }
  }
#endif
