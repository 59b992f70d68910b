// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as the text of a ring of keys.
func fuzzKeyRing(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  do throws(KeyError) {
    let ring = try KeyRing(parsing: text)
    let entries = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let live = entries.filter { !$0.elementsEqual($0.prefix { $0 != colon } + retirement) }
    require(live.count == ring.keys.count, "each entry with a secret is a key")
    require(entries.first?.elementsEqual(live[0]) == true, "the first entry signs")
    for (entry, key) in zip(live, ring.keys) { check(key, entry, in: ring) }
    for id in ring.retiredKeyIDs {
      require(
        entries.contains { $0.elementsEqual(Array(id.utf8) + retirement) }, "a name is retired")
      require(ring.key(for: id) == nil, "a retired key verifies nothing")
    }
    let names = (ring.keyIDs + ring.retiredKeyIDs).map { Array($0.utf8) }
    require(
      names.count == entries.count && Set(names).count == entries.count, "each name is one's own")
    require(!shows("\(ring)", secretOf: text), "a ring shows no secret")
  } catch {
    check(error, of: text)
  }
}

private let colon = UInt8(ascii: ":")
private let retirement = Array(":retired".utf8)

/// The quotation marks and escapes of a printed error can look like a secret made of them, so the
/// error's values are checked and not its text.
private func check(_ error: KeyError, of text: String) {
  let entries = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  let isName = { (id: String) in
    entries.contains { entry in
      guard let colon = entry.firstIndex(of: colon) else { return false }
      return entry[..<colon].elementsEqual(id.utf8)
    }
  }
  switch error {
  case .secretTooShort(let id, _), .notBase64(let id):
    require(isName(id), "an error carries a name and nothing else")
    require(id.utf8.count < 22, "a secret that was put first is not carried")
  case .duplicateKeyID(let id):
    require(id.isEmpty || isName(id), "an error carries a name and nothing else")
    require(id.utf8.count < 22, "a secret that was put first is not carried")
  case .invalidKeyID, .malformedKeyRing:
    break
  @unknown default:
    require(false, "a new error has its check")
  }
}

private func check(_ key: SigningKey, _ entry: Substring.UTF8View, in ring: KeyRing) {
  let parts = entry.split(
    separator: colon, maxSplits: 1, omittingEmptySubsequences: false)
  require(parts.count == 2 && parts[0].elementsEqual(key.id.utf8), "the name ends at the colon")
  var digits = Array(parts[1])
  if digits.count % 4 == 0 {
    while digits.last == UInt8(ascii: "="), digits.count % 4 != 2 { digits.removeLast() }
  }
  let secret =
    ReferenceBase64.decode(digits) ?? ReferenceBase64.decode(digits, isURL: false)
  guard let secret else { return require(false, "a secret is base64") }
  require(secret.count >= 32, "a secret has 32 bytes")
  require(HMACSHA256(key: secret).isSameKey(as: key.hmac), "the key is the text's")
  let token = try? JWT.encode(Claims(), key: key)
  guard let token else { return require(false, "a key signs") }
  let type = JWT.ExpectedType.jwtOrAbsent
  guard let jwt = try? JWT.decode(token, keys: ring, type: type, validator: waived) else {
    return require(false, "a ring takes what its keys have signed")
  }
  require(jwt.keyID?.utf8.elementsEqual(key.id.utf8) == true, "a header carries the name")
}

private let waived = fixture {
  try ClaimsValidator(issuer: .notChecked, audience: .notChecked, expiry: .whenPresent)
}

/// True if a ring's text has a secret of 22 digits or more that isn't part of an ID.
private func shows(_ shown: String, secretOf text: String) -> Bool {
  let entries = text.split(separator: ",").map {
    $0.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
  }
  return entries.contains { entry in
    guard entry.count == 2, entry[1].utf8.count >= 22, shown.contains(entry[1]) else {
      return false
    }
    return !entries.contains { $0[0].contains(entry[1]) }
  }
}
