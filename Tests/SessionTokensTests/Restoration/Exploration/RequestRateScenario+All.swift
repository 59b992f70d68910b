extension RequestRateScenario {
  /// The scenarios with their bounds, which are reached.
  static let all = [
    RequestRateScenario(
      name: "all is well", fates: [.rotated], requests: [1, 0, 0]),
    RequestRateScenario(
      name: "a lagging resource server", fates: [.rotated], mayRefuseAccess: true,
      requests: [1, 1, 1]),
    RequestRateScenario(
      name: "near the window's end", fates: [.rotated], launch: 86_400 - 150,
      requests: [1, 0, 1]),
    RequestRateScenario(
      name: "a lagging resource server near the window's end", fates: [.rotated],
      mayRefuseAccess: true, launch: 86_400 - 180, requests: [2, 3, 15]),
    RequestRateScenario(
      name: "503, shortest pauses", fates: [.unavailable(retryAfter: nil)],
      requests: [60, 60, 60]),
    RequestRateScenario(
      name: "503, longest pauses", fates: [.unavailable(retryAfter: nil)],
      jitter: largestJitter, requests: [5, 1, 1]),
    RequestRateScenario(
      name: "503 for half an hour, longest pauses", fates: [.unavailable(retryAfter: nil)],
      jitter: largestJitter, period: 1_800, requests: [13]),
    RequestRateScenario(
      name: "trouble that comes and goes, longest pauses",
      fates: [.rotated, .unavailable(retryAfter: nil)], mayRefuseAccess: true,
      jitter: largestJitter, period: 90, requests: [8]),
    RequestRateScenario(
      name: "dead tokens that come and go, longest pauses", fates: [.rotated, .dead],
      mayRefuseAccess: true, jitter: largestJitter, period: 90, requests: [10],
      requestsAtLaunch: 2),
    RequestRateScenario(
      name: "503 for ages", fates: [.unavailable(retryAfter: 1 << 40)], requests: [1, 0]),
    RequestRateScenario(
      name: "503 with Retry-After", fates: [.unavailable(retryAfter: 25)],
      requests: [3, 2, 3]),
    RequestRateScenario(
      name: "no answer", fates: [.lost], jitter: largestJitter, requests: [1, 1, 1]),
    RequestRateScenario(
      name: "dead tokens, shortest pauses", fates: [.dead], requests: [61, 60, 60],
      requestsAtLaunch: 2),
    RequestRateScenario(
      name: "dead tokens, longest pauses", fates: [.dead], jitter: largestJitter,
      requests: [6, 1, 1], requestsAtLaunch: 2),
    RequestRateScenario(
      name: "anything at all, shortest pauses",
      fates: [.rotated, .dead, .unavailable(retryAfter: nil)], mayRefuseAccess: true,
      period: 10, requests: [11], requestsAtLaunch: 2),
  ]
}
