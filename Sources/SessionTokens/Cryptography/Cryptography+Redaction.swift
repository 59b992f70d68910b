// What the key types show of themselves: their names and nothing else.

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible {
  /// The key's ID; never its secret.
  public var description: String { "SigningKey(id: \(id))" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension KeyRing: CustomStringConvertible, CustomDebugStringConvertible {
  /// The IDs of the keys that verify; never a secret, nor a retired ID, which could be a secret in the
  /// wrong place.
  public var description: String { "KeyRing(\(keyIDs.joined(separator: ", ")))" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

extension HMACSHA256: CustomStringConvertible, CustomDebugStringConvertible {
  /// The type's name.
  public var description: String { "HMACSHA256" }

  /// The same as `description`.
  public var debugDescription: String { description }
}

#if !$Embedded
  extension SigningKey: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension KeyRing: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  extension HMACSHA256: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }
#endif
