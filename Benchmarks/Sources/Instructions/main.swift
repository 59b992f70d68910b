// SPDX-License-Identifier: Apache-2.0

import Workload

// Does one operation so many times: what `Scripts/instructions` counts. It isn't asynchronous, since callgrind
// doesn't survive the threads of a task.
//
//   Instructions NAME COUNT

let (name, count) = (CommandLine.arguments[1], CommandLine.arguments[2])
for operation in try Operation.all() where operation.name == name {
  try operation.runSynchronously?(Int(count) ?? 0)
}
