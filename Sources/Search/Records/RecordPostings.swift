/// For each stem the places of the documents that have it, in their order, each in the upper 24 bits
/// with the weighted count, from 1 to 255, in the lowest byte.
struct RecordPostings: Sendable {
  /// The posting of each stem that only one document has; 0 for all others.
  ///
  /// Two thirds of all stems are such, and a list of its own takes ten times the memory.
  private var only: [UInt32] = []
  /// The postings of the others.
  private var lists: [[UInt32]] = []
  /// How many postings all stems have.
  private var total = 0

  /// How many stems there are.
  var stems: Int { only.count }

  /// The memory they hold, about.
  var weight: Int { 12 * only.capacity + 5 * total }

  /// Adds the next stem, without postings.
  mutating func addStem() {
    only.append(0)
    lists.append([])
  }

  /// The postings of a stem.
  subscript(stem: UInt32) -> [UInt32] {
    let posting = only[Int(stem)]
    return posting == 0 ? lists[Int(stem)] : [posting]
  }

  /// How many documents have a stem.
  func count(of stem: UInt32) -> Int { only[Int(stem)] == 0 ? lists[Int(stem)].count : 1 }

  /// Whether the document at a place has a stem.
  func has(_ stem: UInt32, at place: Int) -> Bool {
    let posting = only[Int(stem)]
    if posting != 0 { return Int(posting >> 8) == place }
    let list = lists[Int(stem)]
    let index = list.boundary({ Int($0 >> 8) >= place })
    return index < list.count && Int(list[index] >> 8) == place
  }

  /// Adds the document at a place, which must not have the stem yet.
  mutating func insert(_ place: Int, count: UInt8, of stem: UInt32) {
    let (stem, posting) = (Int(stem), UInt32(place) << 8 | UInt32(count))
    total += 1
    if only[stem] == 0, lists[stem].isEmpty {
      only[stem] = posting
      return
    }
    if only[stem] != 0 {
      lists[stem] = [only[stem]]
      only[stem] = 0
    }
    guard let last = lists[stem].last, last > posting else { return lists[stem].append(posting) }
    lists[stem].insert(posting, at: lists[stem].boundary({ $0 > posting }))
  }

  /// Removes the document at a place, if it has the stem.
  mutating func remove(_ place: Int, of stem: UInt32) {
    guard has(stem, at: place) else { return }
    let stem = Int(stem)
    total -= 1
    only[stem] = 0
    if !lists[stem].isEmpty {
      lists[stem].remove(at: lists[stem].boundary({ Int($0 >> 8) >= place }))
    }
  }

  /// Frees the room that lists have for more postings.
  mutating func trim() {
    for stem in lists.indices where lists[stem].capacity > lists[stem].count {
      lists[stem] = lists[stem].map { $0 }
    }
  }
}
