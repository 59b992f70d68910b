// SPDX-License-Identifier: Apache-2.0

// The description of values that hold tokens, keys or secrets.

/// A type that shows only its description to logs, `dump` and mirrors.
///
/// The tests search every public type for leaks, which proves that no type is missing.
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
