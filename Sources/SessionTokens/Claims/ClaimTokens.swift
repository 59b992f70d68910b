/// The claims of a payload as they stand in it, found but not yet made into values.
struct ClaimTokens {
  /// Which names are found apart from the custom claims.
  enum Names {
    /// Those of RFC 7519 §4.1.
    case registered
    /// Those and the ones that tie a token to its session.
    case session
  }

  private var issuer: JSONToken?
  private var subject: JSONToken?
  private var audience: JSONToken?
  private var expiresAt: JSONToken?
  private var notBefore: JSONToken?
  private var issuedAt: JSONToken?
  private var id: JSONToken?
  private var sessionID: JSONToken?
  private var authenticatedAt: JSONToken?
  private var clientID: JSONToken?
  private var generation: JSONToken?

  /// All other members in their order.
  private(set) var custom = JSONObject()

  /// Reads a payload, which must be one JSON object.
  init(_ payload: Span<UInt8>, names: Names) throws(JSONError) {
    var reader = JSONReader()
    try reader.beginObject(payload)
    while let name = try reader.nextName(payload) {
      if let claim = ClaimName(name, in: payload), claim.isRegistered || names == .session {
        let token = try reader.nextToken(payload)
        // Other issuers write `null` for a claim that they leave out.
        let isAbsent = names == .registered && !claim.isDate && token.isNull(in: payload)
        self[claim] = isAbsent ? nil : token
      } else {
        custom.append(name.value(in: payload), try reader.nextValue(payload))
      }
    }
    try reader.end(payload)
  }

  /// The claim of that name as it stands.
  private(set) subscript(claim: ClaimName) -> JSONToken? {
    get {
      switch claim {
      case .issuer: issuer
      case .subject: subject
      case .audience: audience
      case .expiresAt: expiresAt
      case .notBefore: notBefore
      case .issuedAt: issuedAt
      case .id: id
      case .sessionID: sessionID
      case .authenticatedAt: authenticatedAt
      case .clientID: clientID
      case .generation: generation
      }
    }
    set {
      switch claim {
      case .issuer: issuer = newValue
      case .subject: subject = newValue
      case .audience: audience = newValue
      case .expiresAt: expiresAt = newValue
      case .notBefore: notBefore = newValue
      case .issuedAt: issuedAt = newValue
      case .id: id = newValue
      case .sessionID: sessionID = newValue
      case .authenticatedAt: authenticatedAt = newValue
      case .clientID: clientID = newValue
      case .generation: generation = newValue
      }
    }
  }

  /// True when the claim is there and is not `null`.
  func contains(_ name: String) -> Bool {
    if let claim = ClaimName(rawValue: name), self[claim] != nil { return true }
    return custom[name] != nil && custom[name] != .null
  }
}
