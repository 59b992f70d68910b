// SPDX-License-Identifier: Apache-2.0

// IMF-fixdate, RFC 9110 §5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT". The two obsolete forms, which recipients are
// required to accept, count as absent: the machine then waits by its own backoff.

/// Reads the date of an HTTP field.
enum HTTPDate {
  /// Returns the date; `nil` when the text isn't well formed.
  ///
  /// The name of the day isn't checked.
  static func parse(_ text: String) -> NumericDate? {
    let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].count == 4, parts[0].last == UInt8(ascii: ","),
      parts[5].elementsEqual("GMT".utf8),
      let day = number(parts[1], digits: 2), let month = month(parts[2]),
      let year = number(parts[3], digits: 4)
    else { return nil }
    let time = parts[4].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard time.count == 3, let hour = number(time[0], digits: 2), hour < 24,
      let minute = number(time[1], digits: 2), minute < 60,
      let second = number(time[2], digits: 2), second <= 60, 1...31 ~= day
    else { return nil }
    let seconds = days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60
    return NumericDate(exactly: seconds + second)
  }

  /// Returns the days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// Years are counted from March, so that the leap day is the last of its year.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = (month + 9) % 12
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }

  private static func number(_ text: Substring.UTF8View, digits: Int) -> Int64? {
    text.count == digits ? String(decoding: text, as: UTF8.self).clampedDecimal : nil
  }

  private static func month(_ text: Substring.UTF8View) -> Int64? {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return names.firstIndex { $0.utf8.elementsEqual(text) }.map { Int64($0) + 1 }
  }
}
