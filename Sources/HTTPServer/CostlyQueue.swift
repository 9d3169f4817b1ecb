import System

/// Costly requests that wait for a worker, and the budget that they share.
///
/// A search keeps a core busy, so few run at the same time, and the worker time that they take is
/// the budget of the whole site. It is not a number of requests that somebody would have to choose:
/// the time that each takes is measured. Those that wait are ordered by the claims of their clients
/// (``Claims``), newest first among equals, because in a flood it is better to answer some at once
/// than all too late. One place is used by readers and staff alone.
///
/// When the queue would take longer than ``longestWait``, the requests with the least claim are
/// refused, as is each that has waited so long.
struct CostlyQueue {
  typealias Job = Workers.Job

  /// A request that is to be answered 503.
  struct Refusal {
    let refuse: @Sendable (_ seconds: Int) -> Void
    /// After which the client may try again.
    let seconds: Int
  }

  /// A request that may begin.
  struct Started {
    let run: Job
    fileprivate let client: Address
    fileprivate let charged: Int64
    fileprivate let began: Int64
  }

  private struct Waiting {
    let run: Job
    let refuse: @Sendable (_ seconds: Int) -> Void
    let client: Address
    let rank: Claims.Rank
    let since: Int64
    /// The worker time that was charged in advance.
    let charged: Int64
  }

  /// How long the queue may be, in nanoseconds: what a person still waits for.
  static let longestWait: Int64 = 2_000_000_000
  /// The same for drawings, as a browser asks for several pages at once.
  static let longestWaitOfDrawings: Int64 = 8_000_000_000
  /// The most that wait, however little time they take.
  static let mostWaiting = 4096
  /// The most that one job counts for: one that waits for something else has used no core.
  private static let mostCost: Int64 = 1_000_000_000

  private let limit: Int
  private let longestWait: Int64
  private var claims = Claims()
  /// The best first.
  private var waiting: [Waiting] = []
  private var running = 0
  /// The mean cost of a job in nanoseconds: a sliding average, from a guess on.
  private var meanCost: Int64 = 5_000_000
  private var counts = ServerStatistics.Costly()

  init(limit: Int, longestWait: Int64 = CostlyQueue.longestWait) {
    self.limit = limit
    self.longestWait = longestWait
  }

  /// How many wait.
  var count: Int { waiting.count }

  var statistics: ServerStatistics.Costly {
    var statistics = counts
    statistics.expectedWait = .nanoseconds(expectedWait)
    statistics.networks = claims.count
    return statistics
  }

  /// How long a request would wait that goes last, in nanoseconds.
  var expectedWait: Int64 { Int64(waiting.count + running) * meanCost / Int64(limit) }

  /// Notes that a client has behaved like a reader.
  mutating func noteReader(_ client: Address, at now: Int64) {
    claims.noteReader(client, at: now)
  }

  /// Whether a request with a claim would not have to wait.
  private func canStart(_ claim: Claim) -> Bool {
    running < limit || running == limit && claim <= .reader
  }

  /// Whether there is one that may begin now.
  var hasNext: Bool { waiting.first.map { canStart($0.rank.claim) } ?? false }

  /// Appends a request.
  ///
  /// - Parameters:
  ///   - run: Does the work.
  ///   - refuse: Answers that the client is to come back later.
  ///   - client: Who asks.
  ///   - isStaff: Whether it is a member of staff.
  ///   - now: Nanoseconds from an arbitrary start.
  /// - Returns: The requests to refuse; this one may be among them.
  mutating func append(
    _ run: @escaping Job, refuse: @escaping @Sendable (_ seconds: Int) -> Void,
    for client: Address, isStaff: Bool = false, at now: Int64
  ) -> [Refusal] {
    // Charged now, so that a client with many requests in the queue is behind others.
    let charged = meanCost
    claims.charge(charged, to: client, at: now)
    let rank = claims.rank(of: client, isStaff: isStaff, at: now)
    let place = waiting.partitioningIndex { !($0.rank < rank) }
    waiting.insert(
      Waiting(
        run: run, refuse: refuse, client: client, rank: rank, since: now, charged: charged),
      at: place)
    return shed(at: now)
  }

  /// Removes what has waited too long and, from the end, what the queue is too long for.
  private mutating func shed(at now: Int64) -> [Refusal] {
    var refused: [(Waiting, ServerStatistics.Costly.Reason)] = []
    let earliest = now - longestWait
    let overdue = waiting.filter { Self.isOverdue($0, before: earliest) }
    if !overdue.isEmpty {
      refused = overdue.map { ($0, .wait) }
      waiting.removeAll { Self.isOverdue($0, before: earliest) }
    }
    while waiting.count > Self.mostWaiting || expectedWait > longestWait,
      let last = waiting.last, last.rank.claim != .staff
    {
      refused.append((waiting.removeLast(), .queue))
    }
    return refused.map { refused, reason in
      claims.charge(-refused.charged, to: refused.client, at: now)
      counts.refused[refused.rank.claim, default: [:]][reason, default: 0] += 1
      let wait = max(expectedWait, claims.wait(of: refused.client, at: now))
      return Refusal(
        refuse: refused.refuse, seconds: Int(min(120, max(2, wait / 1_000_000_000 + 1))))
    }
  }

  private static func isOverdue(_ job: Waiting, before earliest: Int64) -> Bool {
    job.since < earliest && job.rank.claim != .staff
  }

  /// Takes the request to begin now; nil when none may.
  ///
  /// - Returns: It, and what has waited too long.
  mutating func next(at now: Int64) -> (started: Started?, refused: [Refusal]) {
    let refused = shed(at: now)
    guard hasNext else { return (nil, refused) }
    let job = waiting.removeFirst()
    running += 1
    counts.started[job.rank.claim, default: 0] += 1
    return (
      Started(run: job.run, client: job.client, charged: job.charged, began: now), refused
    )
  }

  /// Notes that a request has been answered.
  mutating func end(_ job: Started, at now: Int64) {
    running -= 1
    let cost = min(max(0, now - job.began), Self.mostCost)
    claims.charge(cost - job.charged, to: job.client, at: now)
    counts.workerTime += .nanoseconds(cost)
    meanCost = max(10_000, meanCost + (cost - meanCost) / 16)
  }
}

extension Array {
  /// The first index whose element satisfies a condition that all later ones satisfy too.
  fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
