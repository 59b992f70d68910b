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

/// The source of "now", to be replaced in tests.
///
/// Types that hold configuration hold a clock and read it once per public call, so that one call
/// sees one moment. Calculators and the app's state machine are told the time instead.
public struct WallClock: Sendable {
  private let read: @Sendable () -> NumericDate

  /// Makes a clock of a closure, which any thread may call.
  ///
  /// - Parameter now: Gives the moment in whole seconds; what is not a whole second is rounded down
  ///   by whoever makes the ``NumericDate``.
  public init(now: @escaping @Sendable () -> NumericDate) {
    read = now
  }

  /// The moment the clock shows.
  public var now: NumericDate { read() }

  /// A clock that always shows `now`.
  public static func fixed(_ now: NumericDate) -> WallClock {
    WallClock { now }
  }

  #if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Bionic) || canImport(WASILibc) || canImport(ucrt)
    /// The system's clock, in whole seconds, rounded down.
    public static var system: WallClock {
      WallClock { NumericDate(clamping: Int64(time(nil))) }
    }
  #else
    /// A clock for a system without a C library: it shows the end of the year 9999.
    ///
    /// Every token has expired by then, so that a clock which was forgotten lets nobody in.
    public static var system: WallClock { .fixed(.maximum) }
  #endif
}
