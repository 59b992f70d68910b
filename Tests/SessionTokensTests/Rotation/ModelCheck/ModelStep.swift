// SPDX-License-Identifier: Apache-2.0

/// One step of one actor; numbers are those of the model's server.
enum ModelStep {
  case timePasses
  case reads(app: Int)
  case sends(app: Int, request: Int)
  case crashes(app: Int)
  case compares(app: Int)
  case saves(app: Int, blob: Int)
  case adopts(app: Int)
  case signsOut(app: Int)
  case loses(message: Int)
  case arrives(message: Int, staysInFlight: Bool)
  case takes(server: Int, request: Int, row: Int)
  case decides(server: Int, decision: Int)
  case writes(server: Int, decision: Int)
  case losesSwap(server: Int, decision: Int, attempts: Int)
  case steals(token: Int, key: Int)
  case keepsOld
  case copiesRow
  case restoresRow
  case losesRow
  case strangerAsks(decision: Int)
}
