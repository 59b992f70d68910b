// SPDX-License-Identifier: Apache-2.0

extension Duration {
  static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }

  static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}
