package import Archive

/// A use of a publication that is counted.
package struct PublicationUse: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The page of the publication.
    case page
    /// The PDF.
    case document
    /// The reading view.
    case reading
    /// A drawn page of the PDF.
    case drawnPage

    /// Whether it is a use of the full text, which COUNTER calls a request.
    var isFullText: Bool { self != .page }
  }

  /// A hash of the client's address and user agent.
  package var reader: Int
  package var slug: Slug
  package var kind: Kind
  /// Seconds since 1970.
  package var time: Int64

  package init(reader: Int, slug: Slug, kind: Kind, time: Int64) {
    self.reader = reader
    self.slug = slug
    self.kind = kind
    self.time = time
  }
}

/// Counts uses by the rules of the COUNTER Code of Practice, release 5.1.
///
/// - Of two uses of one address by one reader within 30 seconds the first is dropped, and so on along
///   a chain (§7.2).
/// - A publication counts once as unique for each reader and clock hour (§7.3, §7.4). Its page, its
///   PDF, its reading view and its drawn pages are one item.
/// - A reader who turns the drawn pages of a publication reads it once in an hour.
/// - A reader who requests more full texts in an hour than a person can read is a robot, and nothing
///   of that hour counts (§7.10).
///
/// An hour is settled when no use in it can be dropped any more. The time is passed in.
package struct UsageTally: Sendable {
  /// Seconds within which a second use of an address replaces the first.
  static let doubleClick: Int64 = 30
  /// The most full texts that a person reads in an hour.
  static let mostFullTexts = 100
  /// The most unsettled uses; above it all hours are settled at once, so that memory is bounded.
  static let mostWaiting = 200_000

  private struct Address: Hashable {
    let reader: Int
    let slug: Slug
    let kind: PublicationUse.Kind
  }

  private struct Session: Hashable {
    let reader: Int
    /// Hours since 1970.
    let hour: Int64
  }

  private struct Item {
    var investigations = 0
    var requests = 0
    var hasDrawnPages = false
  }

  /// The last use of each address that may still be replaced.
  private var last: [Address: Int64] = [:]
  /// The same uses by time, including replaced ones.
  private var queue: [(time: Int64, address: Address)] = []
  private var first = 0
  private var sessions: [Session: [Slug: Item]] = [:]
  private var waiting = 0
  /// Settled uses that have not been taken.
  private var settled: [Key: Uses] = [:]

  private struct Key: Hashable {
    let slug: Slug
    let day: Day
  }

  package init() {}

  /// Counts a use; times may be a little out of order.
  package mutating func count(_ use: PublicationUse) {
    let address = Address(reader: use.reader, slug: use.slug, kind: use.kind)
    if let before = last[address] {
      guard use.time > before else { return }
      if use.time - before > Self.doubleClick { keep(address, at: before) }
    }
    last[address] = use.time
    queue.append((use.time, address))
    if last.count + waiting >= Self.mostWaiting { settleAll() }
  }

  /// Settles the uses that no later use can change.
  ///
  /// - Parameter now: Seconds since 1970.
  /// - Returns: Uses by publication and day, to be added to those from before.
  package mutating func take(at now: Int64) -> [DayUses] {
    while first < queue.count, now - queue[first].time > Self.doubleClick {
      let (time, address) = queue[first]
      first += 1
      guard last[address] == time else { continue }
      last[address] = nil
      keep(address, at: time)
    }
    queue.removeFirst(first)
    first = 0
    let isOver = { (hour: Int64) in now - (hour + 1) * 3600 > Self.doubleClick }
    for (session, items) in sessions where isOver(session.hour) {
      settle(session, items)
      sessions[session] = nil
    }
    return takeSettled()
  }

  /// Settles everything, for example when the server stops.
  package mutating func takeAll() -> [DayUses] {
    settleAll()
    return takeSettled()
  }

  private mutating func keep(_ address: Address, at time: Int64) {
    let session = Session(reader: address.reader, hour: time / 3600)
    var item = sessions[session]?[address.slug] ?? Item()
    if address.kind == .drawnPage {
      guard !item.hasDrawnPages else { return }
      item.hasDrawnPages = true
    }
    if item.investigations == 0 { waiting += 1 }
    item.investigations += 1
    if address.kind.isFullText { item.requests += 1 }
    sessions[session, default: [:]][address.slug] = item
  }

  private mutating func settleAll() {
    for (address, time) in last { keep(address, at: time) }
    last = [:]
    queue = []
    for (session, items) in sessions { settle(session, items) }
    sessions = [:]
  }

  private mutating func settle(_ session: Session, _ items: [Slug: Item]) {
    waiting -= items.count
    guard items.values.count(where: { $0.requests > 0 }) <= Self.mostFullTexts else { return }
    let day = Day(of: Instant(secondsSince1970: session.hour * 3600))
    for (slug, item) in items {
      settled[Key(slug: slug, day: day), default: Uses()] += Uses(
        investigations: item.investigations, requests: item.requests, uniqueInvestigations: 1,
        uniqueRequests: item.requests > 0 ? 1 : 0)
    }
  }

  private mutating func takeSettled() -> [DayUses] {
    defer { settled = [:] }
    return settled.map { DayUses(slug: $0.slug, day: $0.day, uses: $1) }
  }
}
