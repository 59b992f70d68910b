// SPDX-License-Identifier: Apache-2.0

/// A step, its next state, and the promise that it breaks.
struct ModelMove {
  let step: ModelStep
  let state: ModelState
  let broken: Promise?
}
