// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// IMF-fixdate, RFC 9110 §5.6.7.
@Suite struct HTTPDateTests {
  @Test(arguments: [
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Thu, 01 Jan 1970 00:00:01 GMT", 1),
    ("Thu, 01 Jan 1970 23:59:59 GMT", 86_399), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
    ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600), ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
    ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
    ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
    ("Tue, 28 Feb 2023 23:59:59 GMT", 1_677_628_799),
    ("Wed, 01 Mar 2023 00:00:00 GMT", 1_677_628_800),
    ("Sun, 28 Feb 2100 23:59:59 GMT", 4_107_542_399),
    ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799), ("Sat, 01 Jan 2000 00:00:00 GMT", 946_684_800),
    ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
    ("Sun, 01 Jan 2017 00:00:00 GMT", 1_483_228_800),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
  ])
  func `a date gives its seconds since 1970`(_ text: String, _ seconds: Int64) {
    #expect(HTTPDate.parse(text)?.secondsSinceEpoch == seconds)
  }

  @Test(arguments: [
    "", " ", "Sun", "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 ", "Sun, 06 Nov 1994 08:49:37 GMT ",
    " Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun,  06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994  08:49:37 GMT",
    "Sun 06 Nov 1994 08:49:37 GMT", "Sunday, 06 Nov 1994 08:49:37 GMT",
    "Su, 06 Nov 1994 08:49:37 GMT",
    "Sunn 06 Nov 1994 08:49:37 GMT", "Sun,06 Nov 1994 08:49:37 GMT GMT",
    "Sun, 06 Nov 1994 08:49:37 gmt", "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 06 Nov 1994 08:49:37 GMT+1",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 NOV 1994 08:49:37 GMT",
    "Sun, 06 November 1994 08:49:37 GMT", "Sun, 06 11 1994 08:49:37 GMT",
    "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 006 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
    "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 0a Nov 1994 08:49:37 GMT",
    "Sun, 0/ Nov 1994 08:49:37 GMT", "Sun, 0: Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov 01994 08:49:37 GMT",
    "Sun, 06 Nov 199x 08:49:37 GMT", "Sun, 06 Nov 199/ 08:49:37 GMT",
    "Sun, 06 Nov 199: 08:49:37 GMT", "Sun, 06 Nov 10000 08:49:37 GMT",
    "Wed, 31 Dec 1969 23:59:59 GMT", "Sat, 01 Jan 0000 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:60 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    "Sun, 06 Nov 1994 08:49:37:00 GMT",
    "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:9:37 GMT", "Sun, 06 Nov 1994 08:49:7 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
    "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49:3.7 GMT",
    "Sun, 06 Nov 1994 08.49.37 GMT", "Sun, 06 Nov 1994 ::37 GMT", "Sun, 06 Nov 1994 08:49: GMT",
    "Sun, 06 Nov 1994 -8:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT",
    "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z",
    "784111777",
  ])
  func `any other form of date is refused`(_ text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }

  @Test func `the name of the day is ignored`() {
    #expect(
      HTTPDate.parse("Mon, 06 Nov 1994 08:49:37 GMT")?.secondsSinceEpoch == 784_111_777)
  }

  @Test func `the last minute, hour and day are read`() {
    #expect(HTTPDate.parse("Sun, 06 Nov 1994 23:59:59 GMT")?.secondsSinceEpoch == 784_166_399)
    #expect(HTTPDate.parse("Mon, 31 Oct 1994 00:00:00 GMT")?.secondsSinceEpoch == 783_561_600)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `random dates agree with Foundation's calendar`(_ seed: UInt64) throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "GMT"))
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var source = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let seconds = Int64.random(in: 0...253_402_300_799, using: &source)
      let instant = Date(timeIntervalSince1970: Double(seconds))
      let parts = calendar.dateComponents(
        [.weekday, .day, .month, .year, .hour, .minute, .second], from: instant)
      func digits(_ value: Int?, _ count: Int) throws -> String {
        let text = String(try #require(value))
        return String(repeating: "0", count: count - text.count) + text
      }
      let day = days[try #require(parts.weekday) - 1]
      let month = months[try #require(parts.month) - 1]
      let date = "\(day), \(try digits(parts.day, 2)) \(month) \(try digits(parts.year, 4))"
      let time = try [parts.hour, parts.minute, parts.second].map { try digits($0, 2) }
      let text = "\(date) \(time.joined(separator: ":")) GMT"
      #expect(HTTPDate.parse(text)?.secondsSinceEpoch == seconds, "\(text)")
    }
  }
}
