// SPDX-License-Identifier: Apache-2.0

/// The media types of session tokens: the header parameter `typ` (RFC 7515 §4.1.9, RFC 8725 §3.11).
enum SessionTokenType {
  /// An access token (RFC 9068 §2.1).
  static let access = "at+jwt"
  /// A refresh token of a session with a record.
  static let refresh = "rt+jwt"
  /// A refresh token of a session without a record, refused where records are kept.
  static let refreshWithoutRecord = "rt-stateless+jwt"
}
