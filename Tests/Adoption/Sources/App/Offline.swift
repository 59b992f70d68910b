// SPDX-License-Identifier: Apache-2.0

/// There is a session, but no access token for now: show what is cached.
struct Offline: Error {}
