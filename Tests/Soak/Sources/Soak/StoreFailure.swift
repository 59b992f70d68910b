// SPDX-License-Identifier: Apache-2.0

/// The store didn't answer: the work may still have been done.
struct StoreFailure: Error {}
