// SPDX-License-Identifier: Apache-2.0

/// The store did not answer: what was asked may have been done all the same.
struct StoreFailure: Error {}
