// SPDX-License-Identifier: Apache-2.0

/// An account is `user:password:plan`; which it was is not shown.
struct MalformedAccount: Error {}
