// SPDX-License-Identifier: Apache-2.0

/// The media types of session tokens, the header's `typ` (RFC 7515 §4.1.9, RFC 8725 §3.11).
enum SessionTokenType {
  /// RFC 9068 §2.1.
  static let access = "at+jwt"
  /// A refresh token of a recorded session.
  static let refresh = "rt+jwt"
  /// A refresh token of a session without a record, which a host with records refuses.
  static let statelessRefresh = "rt-stateless+jwt"
}
