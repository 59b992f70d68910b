// What values that hold tokens, keys or secrets show of themselves.

/// A type of which logs, `dump` and mirrors see its description and nothing else.
///
/// The search of all public types for leaks in the tests is the proof that none is forgotten.
#if $Embedded
  protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible {}
#else
  protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

  extension Redacted {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }
#endif

extension Redacted {
  /// The same as `description`.
  public var debugDescription: String { description }
}
