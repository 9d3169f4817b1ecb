import CLinux
import Dispatch
import Glibc
import HTTP
import Synchronization

/// An event loop: it accepts connections, reads requests, answers from what is prepared or lets
/// the workers answer, and writes.
///
/// A loop is an endless block on its own serial queue, so each has a thread. A prepared answer costs
/// one `recv` and one `send`; it takes no lock and no memory. Epoll tells of octets once, when they
/// have come: where some may be left, it is asked again (`lookAgain`).
///
/// The parts: `Loop` waits and tells who is meant; `Loop+Accept`, `Loop+Receive`, `Loop+Content`,
/// `Loop+Answer` and `Loop+Send` follow a request; `Loop+End` closes.
@safe
final class Loop: @unchecked Sendable {
  // Sendable because what is mutable here is used on `queue` alone, which `run` asserts and
  // everything else is called from; only `inbox` and `counters` are for others.
  let queue: DispatchQueue
  let shared: Shared
  let counters = Counters()

  private let epoll: Int32
  private let wakeUp: Int32
  private let inbox = Mutex<[Message]>([])
  private let ended: @Sendable () -> Void

  /// By descriptor.
  var connections: [Connection?] = []
  var connectionCount = 0
  var lastSerial: UInt32 = 0
  var wheel: TimingWheel
  /// The present, read once a turn and after each batch of answers; monotonic nanoseconds.
  var now = monotonicNow()
  /// What `now` is ahead of the time since 1970.
  var clockOffset: Int64 = 0
  /// Seconds since 1970 at the beginning of the turn.
  var second = Int64.min
  /// Connections whose turn ended while there was more to send.
  var unfinished: [UInt64] = []

  var listeners: [Listener]
  var spareDescriptor = openSpareDescriptor()
  var acceptsAgain = Int64.max
  /// When the last connection is cut; nil while the loop is not to stop.
  var stopLimit: Int64?
  /// Whether the server knows that, stopping, the loop has only answers to send.
  var hasToldNobodyAsks = false

  /// Where octets are received: first those a connection had kept, then new ones.
  let received: UnsafeMutableBufferPointer<UInt8>
  static let receiveOctets = 64 * 1024
  var output = SendBuffer(capacity: 512 * 1024)
  /// Of the requests that were answered in this turn; behind the first `settled` are those whose
  /// answers are still in `output`.
  var records: [AccessRecord] = []
  var settled = 0
  /// The field line `Date`, and the name of the field that follows it in every answer.
  var dateLine: [UInt8] = []

  var parser: RequestParser
  let parserLimits: RequestParser.Limits
  var prepared: PreparedAnswers
  var heads = HeadMemory()
  var userAgents = UserAgentMemory()
  var codings = FieldMemory<AcceptEncoding>()
  var languages = FieldMemory<Int>()
  var identifiers = Identifiers()
  let storeQueue: DispatchQueue

  /// Makes a loop that has its descriptors and does not yet run.
  ///
  /// - Parameters:
  ///   - number: Of this loop.
  ///   - listeners: What all loops accept from.
  ///   - shared: What they have in common.
  ///   - ended: Called once, when the loop has closed its last connection.
  /// - Throws: ``ServerError`` when the system has no descriptors left.
  init(
    number: Int, listeners: [Listener], shared: Shared, ended: @escaping @Sendable () -> Void
  ) throws(ServerError) {
    queue = DispatchQueue(label: "offprint.http.loop.\(number)")
    storeQueue = DispatchQueue(label: "offprint.http.store.\(number)")
    self.listeners = listeners
    self.shared = shared
    self.ended = ended
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw .system(call: "epoll_create1", errno: errno, nil) }
    wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard wakeUp >= 0 else {
      let number = errno
      close(epoll)
      throw .system(call: "eventfd", errno: number, nil)
    }
    wheel = TimingWheel(tick: 100_000_000, now: now)
    // Behind what a connection has kept there is always room for a whole batch. Octets need not be
    // initialised, and pages that nothing is received into take no memory.
    unsafe received = .allocate(capacity: 4 * Self.receiveOctets)
    let limits = shared.configuration.limits
    parserLimits = RequestParser.Limits(
      targetOctets: limits.targetOctets, headOctets: limits.headOctets)
    parser = RequestParser(limits: parserLimits)
    prepared = PreparedAnswers(limit: limits.preparedOctets, isShared: false)
    records.reserveCapacity(256)
    watch(wakeUp, key: UInt64(UInt32(bitPattern: wakeUp)), events: EPOLLIN.rawValue)
    for listener in listeners { watch(listener) }
  }

  deinit {
    close(epoll)
    close(wakeUp)
    if spareDescriptor >= 0 { close(spareDescriptor) }
    unsafe received.deallocate()
  }

  func run() {
    dispatchPrecondition(condition: .onQueue(queue))
    // This thread is the loop's until the end. `sendfile` has no flag against the signal that a
    // client sends by leaving.
    blockBrokenPipeSignal()
    // Unsafe: epoll_wait writes as many events as there is room for, and they are read up to the
    // number it returns.
    let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: 256)
    defer { unsafe events.deallocate() }
    var due: [TimingWheel.Entry] = []
    while !isOver {
      let count = unsafe epoll_wait(
        epoll, events.baseAddress, Int32(events.count), pauseMilliseconds())
      readClocks()
      if count > 0 {
        for index in 0..<Int(count) {
          let event = unsafe events[index]
          unsafe handle(key: event.data.u64, events: event.events)
        }
      }
      continueUnfinished()
      wheel.advance(to: now, into: &due)
      for entry in due { wake(entry) }
      due.removeAll(keepingCapacity: true)
      acceptAgainIfDue()
      handRecords()
      cutIfDue()
      tellIfNobodyAsks()
    }
    ended()
  }

  private var isOver: Bool { stopLimit != nil && connectionCount == 0 }

  private func pauseMilliseconds() -> Int32 {
    guard unfinished.isEmpty else { return 0 }
    var pause = wheel.pause(from: now) ?? Int64.max
    if acceptsAgain != .max { pause = min(pause, max(0, acceptsAgain - now)) }
    if let stopLimit { pause = min(pause, max(0, stopLimit - now)) }
    guard pause != .max else { return -1 }
    // Rounded up, or the last millisecond would be spent turning.
    return Int32(min(pause / 1_000_000 + 1, 60_000))
  }

  private func readClocks() {
    now = monotonicNow()
    let wall = wallNow()
    clockOffset = now - wall
    let second = wall / 1_000_000_000
    if second != self.second {
      self.second = second
      dateLine = Array("date: \(HTTPDate(seconds: second))\r\nx-request-id: ".utf8)
    }
  }

  private func handle(key: UInt64, events: UInt32) {
    let descriptor = Int32(truncatingIfNeeded: key)
    guard key >> 32 != 0 else {
      if descriptor == wakeUp {
        readInbox()
      } else if let listener = listeners.first(where: { $0.descriptor == descriptor }) {
        accept(from: listener)
      }
      return
    }
    guard let connection = connection(key) else { return }
    if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0,
      connection.phase != .head && connection.phase != .content
    {
      return vanished(connection)
    }
    if events & EPOLLOUT.rawValue != 0 { continueSending(connection) }
    let isReadable = events & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
    guard isReadable, connection.phase != .closed else { return }
    let isDrained = receive(connection)
    // The end of what the client sends comes with the octets before it.
    if !isDrained || events & EPOLLRDHUP.rawValue != 0 { lookAgain(connection) }
  }

  /// The connection with this key, unless it has been closed.
  func connection(_ key: UInt64) -> Connection? {
    let descriptor = Int(key & 0xFFFF_FFFF)
    guard descriptor < connections.count, let connection = connections[descriptor],
      connection.key == key
    else { return nil }
    return connection
  }

  private func continueUnfinished() {
    guard !unfinished.isEmpty else { return }
    let keys = unfinished
    unfinished.removeAll(keepingCapacity: true)
    for key in keys {
      if let connection = connection(key) { continueSending(connection) }
    }
  }

  private func handRecords() {
    guard !records.isEmpty else { return }
    if let log = shared.log { log.take(&records) }
    records.removeAll(keepingCapacity: true)
    settled = 0
  }

  /// Tells the loop something; may be called on any queue.
  func post(_ message: Message) {
    let isFirst = inbox.withLock { inbox in
      inbox.append(message)
      return inbox.count == 1
    }
    guard isFirst else { return }
    var one: UInt64 = 1
    // Unsafe: eight octets of a local are read. It cannot fail: the counter is far from full.
    _ = unsafe Glibc.write(wakeUp, &one, 8)
  }

  private func readInbox() {
    var count: UInt64 = 0
    // Unsafe: eight octets of a local are written.
    _ = unsafe Glibc.read(wakeUp, &count, 8)
    let messages = inbox.withLock { inbox in
      let messages = inbox
      inbox = []
      return messages
    }
    for message in messages {
      switch message {
      case .answered(let pending, let answer, let prepared):
        finishRunning(pending, answer, prepared)
      case .shared(let pending, let prepared):
        finishWaiting(pending, prepared)
      case .stored(let key, let number):
        finishStoring(key, errno: number)
      case .stop(let limit):
        beginToStop(limit)
      }
    }
  }

  func watch(_ descriptor: Int32, key: UInt64, events: UInt32) {
    control(EPOLL_CTL_ADD, descriptor, key: key, events: events)
  }

  func watch(_ listener: Listener) {
    // One loop is woken for a new connection, not all.
    watch(
      listener.descriptor, key: UInt64(UInt32(bitPattern: listener.descriptor)),
      events: EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue)
  }

  func unwatch(_ descriptor: Int32) { control(EPOLL_CTL_DEL, descriptor, key: 0, events: 0) }

  /// Watches for other events than before, if they differ.
  func setInterest(_ connection: Connection, _ interest: Connection.Interest) {
    guard connection.interest != interest else { return }
    connection.interest = interest
    lookAgain(connection)
  }

  /// Has epoll tell anew of what there is already.
  private func lookAgain(_ connection: Connection) {
    guard connection.phase != .closed else { return }
    control(
      EPOLL_CTL_MOD, connection.descriptor, key: connection.key,
      events: connection.interest.events)
  }

  private func control(_ operation: Int32, _ descriptor: Int32, key: UInt64, events: UInt32) {
    var event = unsafe epoll_event()
    unsafe event.events = events
    unsafe event.data.u64 = key
    // Unsafe: the system reads one event.
    _ = unsafe epoll_ctl(epoll, operation, descriptor, &event)
  }

  func setDeadline(_ connection: Connection, at deadline: Int64) {
    connection.deadline = deadline
    // The wheel need not know of a deadline that moves away; it looks again when the old one
    // comes.
    guard deadline < connection.wakes else { return }
    connection.wakes = deadline
    wheel.schedule(connection.key, at: deadline)
  }

  private func wake(_ entry: TimingWheel.Entry) {
    guard let connection = connection(entry.key), connection.wakes == entry.due else { return }
    connection.wakes = .max
    if connection.deadline <= now {
      expire(connection)
    } else if connection.deadline != .max {
      setDeadline(connection, at: connection.deadline)
    }
  }
}
