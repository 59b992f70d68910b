// SPDX-License-Identifier: Apache-2.0

/// A second opinion on a token's header.
struct HeaderOpinion {
  /// True when the library may accept the header.
  private(set) var isAcceptable = false
  private(set) var keyID: [UInt8]?
  private(set) var type: [UInt8]?

  init(_ header: [UInt8]) {
    let text = JSONText(header)
    guard let members = text.members, text.depth <= 32, !text.hasDuplicateName,
      !text.hasNestedNumberOutOfRange
    else { return }
    let names = members.map { String(decoding: $0.name, as: UTF8.self) }
    guard !names.contains("crit"), !names.contains("b64"), !names.contains("zip"),
      text.string("alg") == Array("HS256".utf8)
    else { return }
    keyID = text.string("kid")
    type = text.string("typ")
    for (name, string) in [("kid", keyID), ("typ", type)] where names.contains(name) {
      guard let string, !string.contains(0) else { return }
    }
    if names.contains("cty") {
      guard let content = text.string("cty") else { return }
      let lowercase = String(decoding: content, as: UTF8.self).lowercased()
      if lowercase == "jwt" || lowercase == "application/jwt" { return }
    }
    isAcceptable = true
  }
}
