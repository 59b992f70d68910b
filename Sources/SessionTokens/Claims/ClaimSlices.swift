// SPDX-License-Identifier: Apache-2.0

/// The claims of a payload as slices, found but not yet read.
struct ClaimSlices {
  /// The claims that are recognized; all others are custom.
  enum RecognizedNames {
    /// The claims of RFC 7519 §4.1.
    case registered
    /// These, and those that tie a token to its session: `sid`, `auth_time`, `client_id` and `gen`.
    case session
  }

  private var issuer: JSONSlice?
  private var subject: JSONSlice?
  private var audience: JSONSlice?
  private var expiresAt: JSONSlice?
  private var notBefore: JSONSlice?
  private var issuedAt: JSONSlice?
  private var id: JSONSlice?
  private var sessionID: JSONSlice?
  private var authenticatedAt: JSONSlice?
  private var clientID: JSONSlice?
  private var generation: JSONSlice?

  /// All other members in their order.
  private(set) var custom = JSONObject()

  /// Finds the claims of a payload, which must be one JSON object.
  init(_ payload: Span<UInt8>, recognizing names: RecognizedNames) throws(JSONError) {
    var reader = JSONReader()
    try reader.beginObject(payload)
    while let name = try reader.nextName(payload) {
      if let claim = ClaimName(name, in: payload), claim.isRegistered || names == .session {
        let slice = try reader.nextSlice(payload)
        // In a token of another issuer, `null` counts as absent, but not for a date.
        let isAbsent =
          names == .registered && slice.isNull(in: payload)
          && ![.expiresAt, .notBefore, .issuedAt].contains(claim)
        self[slice: claim] = isAbsent ? nil : slice
      } else {
        custom.append(name.value(in: payload), try reader.nextValue(payload))
      }
    }
    try reader.expectEnd(payload)
  }

  /// The member for the given claim.
  subscript(claim: ClaimName) -> JSONMember {
    JSONMember(name: claim.rawValue, value: self[slice: claim])
  }

  private subscript(slice claim: ClaimName) -> JSONSlice? {
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

  /// Returns true when the claim is present; a custom claim that is `null` counts as absent.
  func contains(_ name: String) -> Bool {
    if let claim = ClaimName(rawValue: name), self[slice: claim] != nil { return true }
    return custom[name] != nil && custom[name] != .null
  }
}
