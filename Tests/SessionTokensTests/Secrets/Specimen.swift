// SPDX-License-Identifier: Apache-2.0

/// Values of one public type, and everything visible of them.
struct Specimen {
  /// The type's name without the module's, as `SessionRestoration.Effect`.
  let type: String
  let texts: [String]

  init<Value>(_ values: Value...) {
    type = String(String(reflecting: Value.self).drop { $0 != "." }.dropFirst())
    texts = values.flatMap { Disclosure.texts(of: $0) } + Disclosure.texts(of: values)
  }
}
