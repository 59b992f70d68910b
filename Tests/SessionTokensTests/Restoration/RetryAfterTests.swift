// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The delay that a server requests: seconds, or a date measured from the server's own date.
@Suite struct RetryAfterTests {
  private static let now = "Sun, 06 Nov 1994 08:49:37 GMT"

  private static func delay(_ field: String?, date: String? = now, status: Int = 503) -> Duration? {
    let answer = RefreshAnswer(
      status: status, retryAfter: field, date: date, body: Refusal.clockSkew.json.utf8)
    guard case .unavailable(let delay, _) = answer else { return nil }
    return delay
  }

  @Test(arguments: [
    ("0", 0), ("1", 1), ("120", 120), ("0000120", 120), ("86399", 86_399), ("86400", 86_400),
    ("86401", 86_400), ("9223372036854775807", 86_400), ("9223372036854775808", 86_400),
    ("99999999999999999999999999999999", 86_400), ("00000000000000000000000000000007", 7),
  ])
  func `seconds are accepted up to a day`(_ field: String, _ seconds: Int64) {
    #expect(Self.delay(field) == .seconds(seconds))
    #expect(Self.delay(field, date: nil) == .seconds(seconds))
  }

  @Test(arguments: [
    "", " ", "-1", "+1", " 1", "1 ", "1.5", "2.5", "1e3", "0x10", "1,2", "1/2", "1:2", "١٢", "one",
    "1s",
    "-0", "-9223372036854775808", "\u{0}1",
  ])
  func `a value that isn't decimal digits counts as absent`(_ field: String) {
    #expect(Self.delay(field) == nil)
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:49:38 GMT", 1),
    ("Sun, 06 Nov 1994 08:51:37 GMT", 120), ("Mon, 07 Nov 1994 08:49:36 GMT", 86_399),
    ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400), ("Mon, 07 Nov 1994 08:49:38 GMT", 86_400),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("Sun, 06 Nov 1994 08:49:36 GMT", 0),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
  ])
  func `a date is measured from the server's own, and a past one gives no delay`(
    _ field: String, _ seconds: Int64
  ) {
    #expect(Self.delay(field) == .seconds(seconds))
  }

  @Test(arguments: [nil, "", "yesterday", "784111777", "Sun, 06 Nov 1994 08:49:37 UTC"])
  func `a date counts as absent without the server's own`(_ date: String?) {
    #expect(Self.delay("Sun, 06 Nov 1994 08:51:37 GMT", date: date) == nil)
  }

  @Test func `a malformed date counts as absent`() {
    #expect(Self.delay("Sunday, 06-Nov-94 08:51:37 GMT") == nil)
    #expect(Self.delay("Sun Nov  6 08:51:37 1994") == nil)
  }

  @Test(arguments: [429, 503])
  func `a 429 or 503 is left alone for its Retry-After`(
    _ status: Int
  ) {
    #expect(Self.delay("7", status: status) == .seconds(7))
    #expect(Self.delay(nil, status: status) == nil)
  }

  /// For example, a captive portal answers 511 with a day.
  @Test(
    arguments: (RefreshAnswerTests.others + RefreshAnswerTests.refusals
      + RefreshAnswerTests.successes).filter { $0 != 429 && $0 != 503 })
  func `under any other status the field is ignored`(_ status: Int) {
    #expect(Self.delay("86400", status: status) == nil)
    #expect(Self.delay("Sun, 06 Nov 1994 08:49:38 GMT", status: status) == nil)
  }

  @Test func `Retry-After changes nothing about tokens and refusals`() {
    let response = TokenResponse.numbered(2)
    #expect(
      RefreshAnswer(status: 200, retryAfter: "7", date: Self.now, body: response.json.utf8)
        == .tokens(response))
    #expect(
      RefreshAnswer(status: 400, retryAfter: "7", date: Self.now, body: Refusal.expired.json.utf8)
        == .refused(.expired))
  }
}
