// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

@testable import SessionTokens

/// The input as a row of a server's store, in JSON.
func fuzzSessionRecord(_ bytes: [UInt8]) {
  guard (try? JSONValue(parsing: bytes)) != nil,
    let record = try? JSONDecoder().decode(SessionRecord.self, from: Data(bytes))
  else { return }
  let text = JSONText(bytes)
  require(
    text.string("id")?.elementsEqual(record.id.description.utf8) == true, "the ID is the column")
  require(
    text.string("subject")?.elementsEqual(record.subject.utf8) == true,
    "the subject is the column")
  require(
    text.string("client_id") == record.clientID.map { Array($0.utf8) }, "the client is the column")
  require(
    text.string("secret").flatMap { ReferenceBase64.decode($0) } == record.secret.bytes,
    "the secret is the column")
  for (name, value) in [("generation", record.generation), ("version", record.version)] {
    require(text.number(name).map { isRead($0, as: value) } == true, "a counter is the column")
  }
  for (name, date) in [
    ("authenticated_at", record.authenticatedAt), ("rotated_at", record.rotatedAt),
  ] {
    require(text.number(name) == Double(date.secondsSinceEpoch), "a date is the column")
  }
  require(
    (text.string("revocation_reason") == nil) == (record.revocationReason == nil),
    "a row that was ended stays ended")
  require(
    (text.number("revoked_at") == nil) == (record.revokedAt == nil),
    "a row that was ended stays ended")

  guard let written = try? JSONEncoder().encode(record),
    let reread = try? JSONDecoder().decode(SessionRecord.self, from: written)
  else { return require(false, "what is written reads back") }
  require(reread == record, "what is written reads equal")
  require(!shows(record), "a row shows no secret")
}

/// Whether Foundation's decoder reads the number as the integer.
///
/// From 2^53 on it drops a fraction, after which the nearest double may be the one below.
private func isRead(_ number: Double, as integer: Int64) -> Bool {
  let distance = abs(number - Double(integer))
  return distance == 0 || number.magnitude >= 0x1p53 && distance <= number.ulp
}

private func shows(_ record: SessionRecord) -> Bool {
  let shown = "\(record)" + String(reflecting: record)
  return shown.contains(Base64URL.encode(record.secret.bytes))
}
