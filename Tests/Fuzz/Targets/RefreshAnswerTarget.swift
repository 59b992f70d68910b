// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

#if canImport(Glibc)
  import Glibc
#endif

/// The input as a response of the refresh endpoint.
func fuzzRefreshAnswer(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let status = input.pick([200, 201, 400, 401, 403, 429, 500, 503, 0, -1])
  let retryAfter = input.flag() ? String(decoding: input.counted(), as: UTF8.self) : nil
  let date = input.flag() ? String(decoding: input.counted(), as: UTF8.self) : nil
  let body = input.rest()
  let answer = RefreshAnswer(status: status, retryAfter: retryAfter, date: date, body: body)
  switch answer {
  case .tokens(let response):
    require(200...299 ~= status, "only success has tokens")
    require((try? TokenResponse(parsing: body)) == response, "the tokens are the body's")
  case .refused(let code):
    require([400, 401, 403].contains(status), "only these refuse for good")
    require(code != .clockSkew && code != .unknownKey, "the server's trouble is not final")
    require(body.count <= 65_536, "a refusal is within its limit")
    check(code)
    let text = JSONText(body)
    guard text.isAcceptable else { return }
    require(text.string("error") == Array("invalid_grant".utf8), "a refusal is invalid_grant")
    require(
      code == .invalidGrant || text.string("refusal") == Array(code.rawValue.utf8),
      "the code is the member")
  case .unavailable(let delay, let code):
    require(delay.map { .zero ... .seconds(86_400) ~= $0 } ?? true, "a delay is at most a day")
    if let code { check(code) }
    guard status == 429 || status == 503 else {
      return require(delay == nil, "only these two ask for a delay")
    }
    check(delay, retryAfter, date)
  case .unreachable: require(false, "there was a response")
  @unknown default: require(false, "every answer is known")
  }
}

private func check(_ code: Refusal.Code) {
  require(1...64 ~= code.rawValue.utf8.count, "a code is short")
  require(
    code.rawValue.utf8.allSatisfy { 0x20...0x7e ~= $0 && $0 != 0x22 && $0 != 0x5c },
    "a code is of RFC 6749's characters")
}

private func check(_ delay: Duration?, _ retryAfter: String?, _ date: String?) {
  guard let retryAfter else { return require(delay == nil, "no field, no delay") }
  if retryAfter.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), !retryAfter.isEmpty {
    let seconds = min(UInt64(retryAfter) ?? .max, 86_400)
    return require(delay == .seconds(Int64(seconds)), "seconds are seconds, at most a day")
  }
  let until = systemDate(retryAfter)
  let from = date.flatMap { systemDate($0) }
  require(HTTPDate.parse(retryAfter)?.secondsSinceEpoch == until, "two readers of dates agree")
  guard let until, let from else { return require(delay == nil, "no date, no delay") }
  require(delay == .seconds(min(max(0, until - from), 86_400)), "a date is a delay from the other")
}

/// The moment by the C library's calendar.
private func systemDate(_ text: String) -> Int64? {
  let form = Array("aaa, dd mmm dddd dd:dd:dd GMT".utf8)
  let bytes = Array(text.utf8)
  guard bytes.count == form.count else { return nil }
  for (index, letter) in form.enumerated() {
    switch letter {
    case UInt8(ascii: "a"): guard bytes[index] != 0x20 else { return nil }
    case UInt8(ascii: "m"): continue
    case UInt8(ascii: "d"): guard 0x30...0x39 ~= bytes[index] else { return nil }
    default: guard bytes[index] == letter else { return nil }
    }
  }
  let months = Array("JanFebMarAprMayJunJulAugSepOctNovDec".utf8)
  let month = (0..<12).first { bytes[8..<11].elementsEqual(months[($0 * 3)..<($0 * 3 + 3)]) }
  guard let month else { return nil }
  func number(_ range: Range<Int>) -> Int32 {
    bytes[range].reduce(0) { $0 * 10 + Int32($1) - 0x30 }
  }
  let (day, hour, minute, second) = (
    number(5..<7), number(17..<19), number(20..<22), number(23..<25)
  )
  guard 1...31 ~= day, hour < 24, minute < 60, second <= 60 else { return nil }
  var parts = unsafe tm()
  unsafe parts.tm_year = number(12..<16) - 1_900
  unsafe parts.tm_mon = Int32(month)
  unsafe parts.tm_mday = day
  unsafe parts.tm_hour = hour
  unsafe parts.tm_min = minute
  unsafe parts.tm_sec = second
  let seconds = unsafe Int64(timegm(&parts))
  return 0...253_402_300_799 ~= seconds ? seconds : nil
}
