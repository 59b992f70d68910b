// SPDX-License-Identifier: Apache-2.0

/// The promises of rotation, as in the article "How rotation decides"; each has its own checker in
/// the files beside this one.
///
/// Times are by the deciding server's clock; between servers they hold up to `clockSkew`.
enum Promise: String, CaseIterable {
  /// Each generation is rotated at most once, whoever presents it. (Not across a restored backup:
  /// the rows that it has undone do not count.)
  case p1 = "P1: each generation is rotated at most once"
  /// A replay is byte-identical for the same keys, policy and claims.
  case p2 = "P2: a replay is byte-identical"
  /// While the window is open, presenting a rotated generation without that rotation's key gets no
  /// tokens and ends the session: at once if either side has a key, from `retryGrace` on if neither
  /// has. So a thief with a one-time copy of the store, key included, shares at most one generation
  /// with the user before the next rotation ends both; and none without the key.
  ///
  /// "Rotated" means by the record that was read: one from a restored backup has forgotten it.
  case p3 = "P3: reuse without the key gets nothing and ends the session"
  /// A decision on a record read after its revocation issues no tokens, and no write undoes it.
  case p4 = "P4: after a revocation nothing is handed out"
  /// Nothing is rotated or replayed at or past the window's end, and no token outlives it.
  ///
  /// Between servers that holds up to `clockSkew`: a server whose clock is further behind than
  /// that, as the record or the token shows, issues no tokens.
  case p5 = "P5: nothing is handed out past the window's end, and nothing outlives it"
  /// While the window is open, a client (one process or several on one store) that keeps its key
  /// with its token is never revoked by lost, repeated, delayed (up to four generations) or
  /// reordered messages, nor by crashes between any two steps.
  ///
  /// Any other definitive refusal would sign it out as well, and counts too. So does a sign-out for
  /// `superseded`: the client reads its store again before it signs out, and there is a newer token
  /// there. Copies from before the restoration of a backup, of generations that the backup has
  /// forgotten, are too late to count.
  case p6 = "P6: the network never logs an honest client out"
  /// generation, rotatedAt, version never decrease.
  case p7 = "P7: generation, rotatedAt and version never decrease"
  /// N concurrent presentations with one key: one rotation, N−1 identical replays.
  ///
  /// The same without keys while the grace lasts, by row 8.
  case p8 = "P8: of N concurrent presentations one rotates and the others get the same"
  /// A token that the session's server did not issue gets nothing and changes nothing, whoever has
  /// the signing key (`TokenIdentifiers`); likewise any token where there is no row.
  case binding = "Binding: a foreign token gets nothing and changes nothing"
}
