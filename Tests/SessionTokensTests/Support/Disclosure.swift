// SPDX-License-Identifier: Apache-2.0

/// Every text that Swift creates from a value, by itself and inside other values.
enum Disclosure {
  enum Wrapping<Value> {
    case labelled(value: Value, count: Int)
  }

  struct Holder<Value> {
    let value: Value
  }

  static func texts<Value>(of value: Value) -> [String] {
    let wrapped: [Any] = [
      value, Optional(value) as Any, Result<Value, Never>.success(value), [value], [[value]],
      ["key": value], (value, 1), Wrapping.labelled(value: value, count: 1), Holder(value: value),
      Holder(value: Optional(value)),
    ]
    return wrapped.flatMap { value in
      var dumped = ""
      dump(value, to: &dumped)
      return ["\(value)", String(describing: value), String(reflecting: value), dumped]
        + children(of: value)
    }
  }

  /// The texts of everything that mirrors show, down to the leaves.
  private static func children(of value: Any) -> [String] {
    Mirror(reflecting: value).children.flatMap { child in
      [String(reflecting: child.value), child.label ?? ""] + children(of: child.value)
    }
  }
}
