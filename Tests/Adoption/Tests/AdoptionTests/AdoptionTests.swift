// SPDX-License-Identifier: Apache-2.0

import Testing

/// All tests, one after the other: an exit test blocks a thread, and the pool has two here.
@Suite(.serialized, .timeLimit(.minutes(1))) enum AdoptionTests {}
