/// Deadlines, to the precision of a tick.
///
/// A ring of slots, one a tick; an entry beyond its end waits in the last slot and is put back when
/// its turn comes. Entries are never removed early: the caller drops those that no longer apply.
package struct TimingWheel {
  /// Nanoseconds.
  private let tick: Int64
  private var slots: [[Entry]]
  /// One bit for each slot that is not empty.
  private var occupied: [UInt64]
  /// The last tick whose entries were handed out.
  private var current: Int64

  package struct Entry: Sendable, Equatable {
    package let key: UInt64
    /// In nanoseconds, as given.
    package let due: Int64
  }

  /// Makes an empty wheel.
  ///
  /// - Parameters:
  ///   - tick: The precision in nanoseconds; entries come up to one tick late, never early.
  ///   - now: Monotonic nanoseconds.
  package init(tick: Int64, now: Int64) {
    self.tick = tick
    slots = Array(repeating: [], count: 512)
    occupied = Array(repeating: 0, count: 512 / 64)
    current = now / tick
  }

  package mutating func schedule(_ key: UInt64, at due: Int64) {
    place(Entry(key: key, due: due))
  }

  private mutating func place(_ entry: Entry) {
    let ahead = entry.due / tick + 1 - current
    let slot = Int(current + min(max(ahead, 1), Int64(slots.count - 1))) % slots.count
    slots[slot].append(entry)
    occupied[slot / 64] |= 1 << UInt64(slot % 64)
  }

  /// Moves the entries that are due to `due`.
  package mutating func advance(to now: Int64, into due: inout [Entry]) {
    let target = now / tick
    guard target > current else { return }
    // After a long sleep each slot is visited once.
    let first = max(current + 1, target - Int64(slots.count) + 1)
    current = target
    for turn in first...target {
      let slot = Int(turn) % slots.count
      guard occupied[slot / 64] & 1 << UInt64(slot % 64) != 0 else { continue }
      occupied[slot / 64] &= ~(1 << UInt64(slot % 64))
      var entries: [Entry] = []
      swap(&entries, &slots[slot])
      for entry in entries {
        if entry.due <= now { due.append(entry) } else { place(entry) }
      }
    }
  }

  /// Nanoseconds from `now` to the end of the next tick in which something may be due; nil when
  /// the wheel is empty.
  package func pause(from now: Int64) -> Int64? {
    let start = Int(current + 1) % slots.count
    for step in 0...occupied.count {
      let word = (start / 64 + step) % occupied.count
      var bits = occupied[word]
      if step == 0 { bits &= ~0 << UInt64(start % 64) }
      guard bits != 0 else { continue }
      let slot = word * 64 + bits.trailingZeroBitCount
      let ahead = (slot - start + slots.count) % slots.count
      return max(0, (current + 1 + Int64(ahead)) * tick - now)
    }
    return nil
  }
}
