// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A lock on a file that the processes of an app share.
///
/// The file belongs to the call: it is closed, which gives the lock back, when
/// `work` has returned or the process has ended. No thread is blocked.
nonisolated struct FileLock: ProcessLock {
  /// A file in the container of the app group, of this lock alone.
  let path: String
  /// How long to wait for other processes.
  var patience = Duration.seconds(10)

  @concurrent func hold(_ work: @Sendable (Bool) async -> Void) async {
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { if file >= 0 { close(file) } }
    let end = ContinuousClock.now + patience
    var isHeld = flock(file, LOCK_EX | LOCK_NB) == 0
    while !isHeld, file >= 0, ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(20))
      isHeld = flock(file, LOCK_EX | LOCK_NB) == 0
    }
    await work(isHeld)
  }
}
