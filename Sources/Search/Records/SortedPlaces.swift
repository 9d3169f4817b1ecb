/// The places of documents in the orders that do not depend on words.
struct SortedPlaces: Sendable {
  /// By title, of equal ones the newest first.
  private(set) var byTitle: [UInt32] = []
  /// The newest first.
  private(set) var byDate: [UInt32] = []
  /// Whether they are kept in order.
  private var isSorted = true

  /// By which documents are ordered.
  struct Keys {
    let documents: [RecordIndex.Document]
    let facts: [RecordIndex.Facts]
    let titles: ArrayStore<UInt8>

    fileprivate func isTitle(at place: UInt32, before other: UInt32) -> Bool {
      let title = titles[documents[Int(place)].sortTitle]
      let otherTitle = titles[documents[Int(other)].sortTitle]
      return title == otherTitle
        ? isNewer(at: place, than: other) : title.lexicographicallyPrecedes(otherTitle)
    }

    fileprivate func isNewer(at place: UInt32, than other: UInt32) -> Bool {
      (facts[Int(place)].date, documents[Int(place)].id)
        > (facts[Int(other)].date, documents[Int(other)].id)
    }
  }

  /// Adds places without order until ``sort(by:)``.
  mutating func leaveUnsorted() { isSorted = false }

  mutating func sort(by keys: Keys) {
    byDate.sort { keys.isNewer(at: $0, than: $1) }
    byTitle.sort { keys.isTitle(at: $0, before: $1) }
    isSorted = true
  }

  mutating func insert(_ place: Int, by keys: Keys) {
    let place = UInt32(place)
    let (inTitles, inDates) =
      isSorted ? index(of: place, by: keys) : (byTitle.endIndex, byDate.endIndex)
    byTitle.insert(place, at: inTitles)
    byDate.insert(place, at: inDates)
  }

  mutating func remove(_ place: Int, by keys: Keys) {
    let place = UInt32(place)
    if isSorted {
      let (inTitles, inDates) = index(of: place, by: keys)
      byTitle.remove(at: inTitles)
      byDate.remove(at: inDates)
    } else {
      byTitle.removeAll { $0 == place }
      byDate.removeAll { $0 == place }
    }
  }

  /// Where a place is or belongs among titles and among dates.
  private func index(of place: UInt32, by keys: Keys) -> (Int, Int) {
    (
      byTitle.boundary({ !keys.isTitle(at: $0, before: place) }),
      byDate.boundary({ !keys.isNewer(at: $0, than: place) })
    )
  }
}
