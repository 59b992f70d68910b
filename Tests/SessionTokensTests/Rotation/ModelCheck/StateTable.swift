// SPDX-License-Identifier: Apache-2.0

/// The states that were found, in the order of their discovery, each once and with its parent.
struct StateTable {
  private(set) var states: [ModelState] = []
  private var parents: [UInt32] = []
  /// Open addressing: index + 1 of a state, 0 for a free slot.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  var count: Int { states.count }

  /// Adds a state that was reached from `parent`; does nothing if it is known.
  mutating func insert(_ state: ModelState, parent: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: state.hash) & mask
    while slots[slot] != 0 {
      if states[Int(slots[slot]) - 1] == state { return }
      slot = (slot + 1) & mask
    }
    states.append(state)
    parents.append(UInt32(parent))
    slots[slot] = UInt32(states.count)
    if states.count * 2 > slots.count { grow() }
  }

  /// The path from the first state to that one, both included.
  func path(to index: Int) -> [ModelState] {
    var path = [states[index]]
    var index = index
    while index != 0 {
      index = Int(parents[index])
      path.append(states[index])
    }
    return path.reversed()
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for index in states.indices {
      var slot = Int(truncatingIfNeeded: states[index].hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }
}
