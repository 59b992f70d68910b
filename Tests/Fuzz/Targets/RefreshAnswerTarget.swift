@testable import SessionTokens

#if canImport(Glibc)
  import Glibc
#endif

/// The input as a response of the refresh endpoint.
func fuzzRefreshAnswer(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let status = input.pick([200, 400, 401, 429, 500, 503, 0, -1])
  let retryAfter = input.flag() ? String(decoding: input.counted(), as: UTF8.self) : nil
  let date = input.flag() ? String(decoding: input.counted(), as: UTF8.self) : nil
  let body = input.rest()
  let answer = RefreshAnswer(status: status, retryAfter: retryAfter, date: date, body: body)
  switch answer {
  case .tokens(let response):
    require(status == 200, "only a 200 has tokens")
    require((try? TokenResponse(parsing: body)) == response, "the tokens are the body's")
  case .refused(let code):
    let text = JSONText(body)
    require(status == 400 && code.isDefinitive, "only a 400 refuses for good")
    require(text.isAcceptable && body.count <= 65_536, "a refusal is JSON")
    require(text.string("error") == Array("invalid_grant".utf8), "a refusal is invalid_grant")
    require(text.string("refusal") == Array(code.rawValue.utf8), "the code is the member")
  case .unavailable(let delay):
    require(delay.map { .zero ... .seconds(86_400) ~= $0 } ?? true, "a delay is at most a day")
    check(delay, retryAfter, date)
  @unknown default: require(false, "every answer is known")
  }
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
