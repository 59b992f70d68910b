extension Claims {
  /// The size of the claims as a JSON object, or somewhat more.
  var encodedCountBound: Int {
    let fixedCount = 128
    var count = fixedCount + custom.encodedCount
    if let issuer { count += issuer.encodedJSONCount }
    if let subject { count += subject.encodedJSONCount }
    if let id { count += id.encodedJSONCount }
    for value in audience { count += value.encodedJSONCount + 1 }
    return count
  }
}

extension OutputSpan<UInt8> {
  /// Appends the claims as a JSON object: registered ones in the order of RFC 7519 §4.1, then the
  /// custom ones.
  mutating func append(_ claims: Claims) {
    append(UInt8(ascii: "{"))
    append(member: .issuer, claims.issuer)
    append(member: .subject, claims.subject)
    if claims.audience.count == 1 {
      append(member: .audience, claims.audience[0])
    } else if !claims.audience.isEmpty {
      append(name: ClaimName.audience.rawValue)
      append(json: .array(claims.audience.map { .string($0) }))
    }
    append(member: .expiresAt, claims.expiresAt)
    append(member: .notBefore, claims.notBefore)
    append(member: .issuedAt, claims.issuedAt)
    append(member: .id, claims.id)
    append(custom: claims.custom)
    append(UInt8(ascii: "}"))
  }

  /// Appends the custom claims to an object that is open.
  mutating func append(custom: JSONObject) {
    guard !custom.isEmpty else { return }
    appendSeparator()
    append(members: custom)
  }

  /// Appends a member to an object that is open, unless there is no value.
  mutating func append(member claim: ClaimName, _ value: String?) {
    guard let value else { return }
    append(name: claim.rawValue)
    append(json: value)
  }

  /// Appends a member to an object that is open, unless there is no value.
  mutating func append(member claim: ClaimName, _ value: NumericDate?) {
    guard let value else { return }
    append(name: claim.rawValue)
    append(decimal: value.secondsSinceEpoch)
  }
}
