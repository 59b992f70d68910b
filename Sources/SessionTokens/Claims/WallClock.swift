// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Bionic)
  import Bionic
#elseif canImport(WASILibc)
  import WASILibc
#elseif canImport(ucrt)
  import ucrt
#endif

/// The source of the current time, which tests can replace.
///
/// Types that hold configuration hold a clock and read it once per public call, so that a call sees only one
/// time. Calculations and the app's state machine take the time as a parameter instead.
public struct WallClock: Sendable {
  private let read: @Sendable () -> NumericDate

  /// Creates a clock from a closure, which any thread may call.
  ///
  /// - Parameter now: Returns the current time in whole seconds. It must round a fraction of a second down
  ///   when it creates the ``NumericDate``.
  public init(now: @escaping @Sendable () -> NumericDate) { read = now }

  /// The clock's current time.
  public var now: NumericDate { read() }

  /// Returns a clock that always shows `now`.
  public static func fixed(_ now: NumericDate) -> WallClock { WallClock { now } }

  #if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Bionic) || canImport(WASILibc) || canImport(ucrt)
    /// The system's clock, in whole seconds, rounded down.
    public static var system: WallClock { WallClock { NumericDate(clamping: Int64(time(nil))) } }
  #else
    /// A clock for a system without a C library: it shows the end of the year 9999.
    ///
    /// Every token has expired by then, so a forgotten clock lets nobody in.
    public static var system: WallClock { .fixed(.maximum) }
  #endif
}
