// SPDX-License-Identifier: Apache-2.0

import Workload

// Runs one operation a number of times, for `Scripts/instructions` to count. It isn't asynchronous,
// since callgrind doesn't survive the threads of a task.
//
//   Instructions NAME COUNT

let (name, count) = (CommandLine.arguments[1], CommandLine.arguments[2])
for operation in try Operation.all() where operation.name == name {
  try operation.runSynchronously?(Int(count) ?? 0)
}
