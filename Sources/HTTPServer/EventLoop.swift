import Dispatch
import HTTP
import Synchronization
import System

/// An event loop: it accepts connections, reads requests, answers them from its cache or has a
/// worker ask the service, and writes.
///
/// A loop is an endless block on its own serial queue, so each has a thread. The poller is
/// edge-triggered: where bytes may be left, it is asked again (`pollAgain`).
///
/// A connection's ``ConnectionState`` decides what it does next, and the loop performs it:
/// `EventLoop+Accept`, `+Receive`, `+Respond`, `+Send` and `+Stop`.
final class EventLoop: @unchecked Sendable {
  // Sendable because its mutable properties are used on `queue` alone, which `run` asserts and
  // calls everything else from; only `inbox` and `counters` are used by other threads.
  let queue: DispatchQueue
  let context: ServerContext
  let counters = Counters()

  /// What other threads send to a loop.
  enum Message: Sendable {
    /// The response to a request, by a worker.
    case responded(PendingRequest, EncodedResponse, CachedResponse?)
    /// The response to another request like this one.
    case shared(PendingRequest, EncodedResponse, CachedResponse)
    /// The request is to be repeated later.
    case refused(PendingRequest, seconds: Int)
    /// The response that a request has waited for cannot be shared.
    case alone(PendingRequest)
    /// A piece of a body was written, or could not be.
    case stored(key: UInt64, FileError?)
    /// No more connections, and none after `limit` in monotonic nanoseconds.
    case stop(limit: Int64)
  }

  let poller: Poller
  private let inbox = Mutex<[Message]>([])
  private let ended: @Sendable () -> Void

  /// By descriptor.
  var connections: [Connection?] = []
  var connectionCount = 0
  var lastSerial: UInt32 = 0
  private var wheel: TimingWheel
  var rules: ConnectionState.Rules
  /// Monotonic nanoseconds, read once a turn and after each send.
  var now = Clock.monotonic
  /// `now` minus the time since 1970.
  var clockOffset: Int64 = 0
  /// Seconds since 1970.
  var second = Int64.min
  /// Connections that have more to send.
  var unfinished: [UInt64] = []

  var listeners: [Listener]
  var spareDescriptor = SpareDescriptor()
  var acceptsAgain = Int64.max
  /// When the last connection is cut; nil while the loop is not to stop.
  var stopLimit: Int64?
  var hasReportedNobodyAsks = false

  /// Bytes that a connection had kept, then those it received.
  var received: [UInt8]
  static let receiveSize = 64 * 1024
  /// Responses to be sent next, all on the same connection.
  var output: [UInt8] = []
  /// Of the requests answered in this turn; the first `settled` are complete, the responses of the
  /// others are in `output`.
  var records: [AccessRecord] = []
  var settled = 0
  /// The field line `Date`, and the name of the field after it.
  var dateLine: [UInt8] = []

  var parser: RequestParser
  var cache: ResponseCache
  var identifiers = Identifiers()
  /// Writes bodies to files.
  let storeQueue: DispatchQueue

  /// Makes a loop; `ended` is called when it has closed its last connection.
  ///
  /// - Throws: ``SystemError`` when the process has no descriptors left.
  init(
    number: Int, listeners: [Listener], context: ServerContext,
    ended: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    queue = DispatchQueue(label: "offprint.http.loop.\(number)")
    storeQueue = DispatchQueue(label: "offprint.http.store.\(number)")
    self.listeners = listeners
    self.context = context
    self.ended = ended
    poller = try Poller()
    wheel = TimingWheel(tick: 100_000_000, now: now)
    rules = ConnectionState.Rules(
      timeouts: context.timeouts, parserLimits: context.parserLimits)
    received = [UInt8](repeating: 0, count: 4 * Self.receiveSize)
    parser = RequestParser(limits: context.parserLimits)
    let configuration = context.configuration
    cache = ResponseCache(limit: configuration.limits.responseCacheBytes / configuration.loops)
    output.reserveCapacity(Self.batchSize + EncodedResponse.headLimit)
    records.reserveCapacity(256)
    for listener in listeners { watch(listener) }
  }

  func run() {
    dispatchPrecondition(condition: .onQueue(queue))
    blockBrokenPipeSignal()
    var due: [TimingWheel.Entry] = []
    while !isOver {
      let count = poller.wait(milliseconds: pauseMilliseconds())
      readClocks()
      for index in 0..<count { handle(poller.event(index)) }
      continueUnfinished()
      wheel.advance(to: now, into: &due)
      for entry in due { wake(entry) }
      due.removeAll(keepingCapacity: true)
      acceptAgainIfDue()
      passRecords()
      cutIfDue()
      reportIfNobodyAsks()
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
    // Rounded up, or the loop would spin in the last millisecond.
    return Int32(min(pause / 1_000_000 + 1, 60_000))
  }

  private func readClocks() {
    now = Clock.monotonic
    let wall = Clock.wall
    clockOffset = now - wall
    let second = wall / 1_000_000_000
    if second != self.second {
      self.second = second
      dateLine = Array("date: \(HTTPDate(seconds: second))\r\nx-request-id: ".utf8)
    }
  }

  private func handle(_ event: Poller.Event) {
    guard event.key >> 32 != 0 else {
      if let listener = listeners.first(where: { $0.key == event.key }) { accept(from: listener) }
      return
    }
    guard event.key != Poller.wakeUpKey else { return readInbox() }
    guard let connection = connection(event.key) else { return }
    // While reading, the read finds out after the bytes before the end.
    if event.isBroken, !connection.state.isReading { return handle(connection, .reset) }
    if event.isWritable { continueSending(connection) }
    guard event.isReadable, !connection.state.isClosed else { return }
    let isDrained = receive(connection)
    if !isDrained || event.isEndOfInput { pollAgain(connection) }
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

  private func passRecords() {
    guard !records.isEmpty else { return }
    if let log = context.log { log.take(&records) }
    records.removeAll(keepingCapacity: true)
    settled = 0
  }

  // MARK: Events and actions

  /// Reports an event to a connection's state and performs what follows.
  func handle(_ connection: Connection, _ event: ConnectionState.Event) {
    switch connection.state.handle(event, at: now, rules) {
    case .wait: update(connection)
    case .read: readKept(connection)
    case .respond: respondToBody(connection)
    case .refuse(let status):
      refuse(connection, status)
      finishPass(connection)
    case .linger:
      connection.socket.finishSending()
      update(connection)
    case .close: release(connection)
    }
  }

  /// Sets the deadline and the interest of a connection from its state.
  func update(_ connection: Connection) {
    setDeadline(connection, at: connection.state.deadline)
    if connection.state.isReading {
      setInterest(connection, .bytes)
    } else if connection.interest == .room, connection.state.output == .empty {
      setInterest(connection, .none)
    }
  }

  func setInterest(_ connection: Connection, _ interest: Poller.Interest) {
    guard connection.interest != interest else { return }
    connection.interest = interest
    pollAgain(connection)
  }

  /// Has the poller report again what is there.
  private func pollAgain(_ connection: Connection) {
    guard !connection.state.isClosed else { return }
    poller.change(
      connection.socket.descriptor, key: connection.key, to: connection.interest)
  }

  func watch(_ listener: Listener) {
    poller.add(listener.socket.descriptor, key: listener.key, for: .connections)
  }

  // MARK: Messages

  /// Sends a message to the loop; may be called on any thread.
  func post(_ message: Message) {
    let isFirst = inbox.withLock { inbox in
      inbox.append(message)
      return inbox.count == 1
    }
    if isFirst { poller.wakeUp() }
  }

  private func readInbox() {
    poller.clearWakeUps()
    let messages = inbox.withLock { inbox in
      let messages = inbox
      inbox = []
      return messages
    }
    for message in messages {
      switch message {
      case .responded(let pending, let response, let cached):
        finish(pending, response, cached)
      case .shared(let pending, let response, let cached):
        finishShared(pending, response, cached)
      case .refused(let pending, let seconds):
        turnAway(pending, retryAfter: seconds)
      case .alone(let pending):
        submit(pending, isAlone: true)
      case .stored(let key, let error):
        finishStoring(key, error)
      case .stop(let limit):
        beginToStop(limit)
      }
    }
    counters.set(.cacheBytes, to: cache.size)
  }

  // MARK: Deadlines

  private func setDeadline(_ connection: Connection, at deadline: Int64) {
    // A later deadline is set when the earlier one comes.
    guard deadline < connection.wakes else { return }
    connection.wakes = deadline
    wheel.schedule(connection.key, at: deadline)
  }

  private func wake(_ entry: TimingWheel.Entry) {
    guard let connection = connection(entry.key), connection.wakes == entry.due else { return }
    connection.wakes = .max
    if connection.state.deadline <= now {
      handle(connection, .expired)
    } else {
      setDeadline(connection, at: connection.state.deadline)
    }
  }
}
