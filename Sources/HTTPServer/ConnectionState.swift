import HTTP
import System

/// The protocol of one HTTP/1.1 connection as a value: no socket, no clock, no service.
///
/// The event loop reports what happened with ``receive(_:used:parser:at:_:)`` and
/// ``handle(_:at:_:)``, and performs the action that each call returns.
///
/// Requests are answered one after another, in order. `input` is what the connection expects of the
/// client, `output` whether the client has taken what was sent:
///
///     new ─┐          ┌────────── body ⇄ storing
///          ├→ head ──→┤             ↓
///     idle ┘          └────────→ responding ──→ idle, or ending ──→ lingering ──→ closed
///
/// While `output` is not empty nothing is read (back-pressure).
struct ConnectionState {
  /// What happens to the connection after a response.
  enum Persistence: Equatable {
    case open
    /// An HTTP/1.0 client is told that the connection stays open.
    case announcedOpen
    /// Up to `draining` bytes are read and dropped before the connection is closed: closing with
    /// unread bytes resets it, which can destroy the response on its way (RFC 9112 §9.6).
    case closed(draining: Int)
  }

  /// A body that is being received.
  struct Body {
    var decoder: ContentDecoder
    let isForFile: Bool
    /// Bytes kept since the last piece was written.
    var pending = 0
    var isComplete = false
    let persistence: Persistence
    /// How many bytes are dropped if the rest is refused.
    let draining: Int
    let began: Int64
  }

  enum Input {
    /// No byte has come yet.
    case new
    /// Between requests.
    case idle
    /// Part of a head has come. The loop keeps its bytes, the parser how far it has read.
    indirect case head(RequestParser)
    case body(Body)
    /// A piece of the body is being written; nothing is read meanwhile.
    case storing(Body)
    /// The request is whole and its response is not.
    case responding(Persistence)
    /// No further request is read. When the output is empty the connection is closed.
    case ending(draining: Int)
    /// Everything has been sent; up to so many bytes are read and dropped.
    case lingering(Int)
    case closed
  }

  enum Output: Equatable {
    case empty
    /// The client has not taken all of it, and has until `deadline`.
    case sending(began: Int64, sent: Int, deadline: Int64)
  }

  /// What the event loop reports.
  enum Event: Equatable {
    /// The client sends no more.
    case endOfInput
    /// The connection is broken.
    case reset
    /// A response has been appended to the output.
    case responded
    /// The client has taken so many bytes of the output, and there are more.
    case progressed(Int)
    /// The client has taken all of the output.
    case flushed
    /// A piece of the body has been written, or could not be.
    case stored(failure: Status?)
    /// The deadline has passed.
    case expired
    /// The server stops: no further requests.
    case stop
  }

  /// What the event loop does after an event.
  enum Action: Equatable {
    /// Waits for the next event.
    case wait
    /// Reads the bytes that were kept.
    case read
    /// Answers the request, whose body is complete.
    case respond
    /// Answers with an error, the last response.
    case refuse(Status)
    /// Ends the sending side, and drops what still comes.
    case linger
    case close
  }

  /// What the event loop does with bytes of the client.
  enum InputAction: Equatable {
    /// Keeps what has not been used until more comes.
    case wait
    /// Answers the request whose head the parser holds, or begins its body.
    case request
    /// Keeps these bytes of the input as part of the body.
    case keep(Range<Int>)
    /// Writes the pending piece of the body to its file.
    case store(isLast: Bool)
    /// Answers the request, whose body is complete.
    case respond
    /// Answers with an error, the last response.
    case refuse(Status)
    case close
  }

  /// What applies to all connections of a server.
  struct Rules {
    var timeouts = Timeouts(ServerConfiguration.Deadlines())
    var parserLimits = RequestParser.Limits()
    var isStopping = false
  }

  /// The most bytes that are dropped after a refused head or form, so that the client sees why.
  static let headDrainLimit = 256 * 1024
  /// The size of the pieces in which a body is written to its file.
  static let pieceSize = 256 * 1024
  /// How long a connection accepted while the server stops may take to send its request.
  static let stopPatience: Int64 = 1_000_000_000
  /// How long an idle connection may still begin a request while the server stops.
  ///
  /// A request that a client has sent and that is not here yet would be lost otherwise, and a proxy
  /// that keeps its connections would answer its reader with an error.
  static let idleStopPatience: Int64 = 100_000_000

  private(set) var input = Input.new
  private(set) var output = Output.empty
  /// When the input times out.
  private var inputDeadline: Int64
  /// When the first byte of the current request arrived.
  private(set) var requestBegan: Int64 = 0

  init(at now: Int64, _ rules: Rules) {
    inputDeadline = now + (rules.isStopping ? Self.stopPatience : rules.timeouts.idle)
  }

  /// When to report `.expired`, in monotonic nanoseconds; `Int64.max` for never.
  var deadline: Int64 {
    if case .sending(_, _, let deadline) = output { return deadline }
    return inputDeadline
  }

  var isReading: Bool {
    guard output == .empty else { return false }
    switch input {
    case .new, .idle, .head, .body, .lingering: return true
    case .storing, .responding, .ending, .closed: return false
    }
  }

  var isClosed: Bool { if case .closed = input { true } else { false } }
  var isResponding: Bool { if case .responding = input { true } else { false } }

  /// What the response to the current request says about the connection.
  var persistence: Persistence {
    if case .responding(let persistence) = input { persistence } else { .closed(draining: 0) }
  }

  /// Whether this connection may still have a request, rather than only responses on their way.
  func canAsk(hasUnread: Bool) -> Bool {
    switch input {
    case .ending, .lingering, .closed: false
    case .idle: output == .empty || hasUnread
    case .new, .head, .body, .storing, .responding: true
    }
  }

  // MARK: Bytes

  /// Processes bytes of the client.
  ///
  /// The loop calls it with the unused bytes until it returns `.wait` or `.store`, and keeps those
  /// that are left. Bytes of a partial head are passed again with those that follow.
  ///
  /// - Parameters:
  ///   - bytes: What was received and not used.
  ///   - used: Set to how many of them were used.
  ///   - parser: Shared by all connections of a loop; has the head after `.request`.
  ///   - now: Monotonic nanoseconds.
  ///   - rules: What applies to all connections.
  /// - Returns: What to do.
  mutating func receive(
    _ bytes: Span<UInt8>, used: inout Int, parser: inout RequestParser, at now: Int64,
    _ rules: Rules
  ) -> InputAction {
    used = 0
    switch input {
    case .new, .idle, .head, .body:
      guard output == .empty else { return .wait }
    case .storing, .responding, .ending, .lingering, .closed: break
    }
    switch input {
    case .new, .idle:
      guard !bytes.isEmpty else { return .wait }
      requestBegan = now
      inputDeadline = now + rules.timeouts.head
      return parse(bytes, &used, &parser, rules)
    case .head(let saved):
      parser = saved
      input = .idle
      return parse(bytes, &used, &parser, rules)
    case .body(let body):
      return decode(body, bytes, &used, at: now, rules)
    case .ending(let draining):
      // The client keeps sending what will not be read.
      used = bytes.count
      if used > 0, draining == 0 { input = .ending(draining: Self.headDrainLimit) }
      return .wait
    case .lingering(let left):
      used = bytes.count
      input = .lingering(left - used)
      guard used > 0, used >= left else { return .wait }
      close()
      return .close
    case .storing, .responding, .closed:
      return .wait
    }
  }

  private mutating func parse(
    _ bytes: Span<UInt8>, _ used: inout Int, _ parser: inout RequestParser, _ rules: Rules
  ) -> InputAction {
    do throws(HeadError) {
      switch try parser.parse(bytes) {
      case .incomplete:
        input = .head(parser)
        parser = RequestParser(limits: rules.parserLimits)
        return .wait
      case .head(let length):
        used = length
        inputDeadline = .max
        let head = parser.head
        if !head.keepsAlive || rules.isStopping {
          input = .responding(.closed(draining: 0))
        } else {
          input = .responding(head.version == .http10 ? .announcedOpen : .open)
        }
        return .request
      }
    } catch {
      used = bytes.count
      refuse(draining: Self.headDrainLimit)
      return .refuse(error.status)
    }
  }

  /// Begins the body of the request whose head was just read; more than `limit` bytes are refused
  /// with 413.
  mutating func beginBody(
    _ framing: ContentFraming, limit: Int, isForFile: Bool, draining: Int, at now: Int64,
    _ rules: Rules
  ) {
    let body = Body(
      decoder: ContentDecoder(framing, limit: limit), isForFile: isForFile,
      persistence: persistence, draining: draining, began: now)
    wait(for: body, at: now, rules)
  }

  /// Closes the connection after the current response and `draining` more bytes.
  mutating func endAfterResponse(draining: Int) {
    input = .responding(.closed(draining: draining))
  }

  private mutating func wait(for body: Body, at now: Int64, _ rules: Rules) {
    input = .body(body)
    let timeouts = rules.timeouts
    // The whole body has a deadline too, or one byte before each pause would last for ever.
    let whole = body.began + timeouts.contentPause + timeouts.allowance(for: body.decoder.bytes)
    inputDeadline = min(now + timeouts.contentPause, whole)
  }

  private mutating func decode(
    _ current: Body, _ bytes: Span<UInt8>, _ used: inout Int, at now: Int64, _ rules: Rules
  ) -> InputAction {
    var body = current
    do throws(ContentError) {
      switch try body.decoder.next(bytes, at: &used) {
      case .content(let range):
        body.pending += range.count
        wait(for: body, at: now, rules)
        return .keep(range)
      case .needsMore:
        wait(for: body, at: now, rules)
        guard body.isForFile, body.pending >= Self.pieceSize else { return .wait }
      case .end:
        body.isComplete = true
        guard body.isForFile else {
          complete(body, rules)
          return .respond
        }
      }
      body.pending = 0
      input = .storing(body)
      inputDeadline = .max
      return .store(isLast: body.isComplete)
    } catch {
      used = bytes.count
      refuse(draining: body.draining)
      return .refuse(error.status)
    }
  }

  // MARK: Events

  /// Processes an event at a monotonic time in nanoseconds.
  mutating func handle(_ event: Event, at now: Int64, _ rules: Rules) -> Action {
    switch event {
    case .endOfInput: return endInput()
    case .reset:
      close()
      return .close
    case .responded: return finishResponse(at: now, rules)
    case .progressed(let count):
      progress(count, at: now, rules)
      return .wait
    case .flushed: return finishOutput(at: now, rules)
    case .stored(let failure):
      return finishStoring(failure, at: now, rules)
    case .expired: return expire()
    case .stop: return stop(at: now)
    }
  }

  private mutating func endInput() -> Action {
    switch input {
    case .new, .idle, .lingering:
      close()
      return .close
    case .head, .body:
      refuse(draining: 0)
      return .refuse(.badRequest)
    case .storing, .responding, .ending, .closed: return .wait
    }
  }

  private mutating func finishResponse(at now: Int64, _ rules: Rules) -> Action {
    guard case .responding(let persistence) = input else { return .wait }
    switch persistence {
    case .open, .announcedOpen:
      input = .idle
      inputDeadline = now + rules.timeouts.idle
      return .read
    case .closed(let draining):
      input = .ending(draining: draining)
      inputDeadline = .max
      return .wait
    }
  }

  private mutating func progress(_ count: Int, at now: Int64, _ rules: Rules) {
    let timeouts = rules.timeouts
    guard case .sending(let began, let before, let deadline) = output else {
      output = .sending(began: now, sent: count, deadline: now + timeouts.writePause)
      return
    }
    let sent = before + count
    let whole = began + timeouts.writePause + timeouts.allowance(for: sent)
    let pause = count > 0 ? now + timeouts.writePause : deadline
    output = .sending(began: began, sent: sent, deadline: min(pause, whole))
  }

  private mutating func finishOutput(at now: Int64, _ rules: Rules) -> Action {
    let wasSending = output != .empty
    output = .empty
    switch input {
    case .ending(draining: 0):
      close()
      return .close
    case .ending(let draining):
      input = .lingering(draining)
      inputDeadline = now + rules.timeouts.linger
      return .linger
    case .idle: inputDeadline = now + rules.timeouts.idle
    // The client could not send while its responses were waiting.
    case .body(let body) where wasSending: wait(for: body, at: now, rules)
    case .new, .head, .body, .storing, .responding, .lingering, .closed: break
    }
    return wasSending && isReading ? .read : .wait
  }

  private mutating func finishStoring(
    _ failure: Status?, at now: Int64, _ rules: Rules
  ) -> Action {
    guard case .storing(let body) = input else { return .wait }
    if let failure {
      refuse(draining: body.draining)
      return .refuse(failure)
    }
    guard !body.isComplete else {
      complete(body, rules)
      return .respond
    }
    wait(for: body, at: now, rules)
    return .read
  }

  private mutating func expire() -> Action {
    switch input {
    case .head where output == .empty:
      refuse(draining: Self.headDrainLimit)
      return .refuse(.requestTimeout)
    case .body(let body) where output == .empty:
      refuse(draining: body.draining)
      return .refuse(.requestTimeout)
    case .new, .idle, .head, .body, .storing, .responding, .ending, .lingering, .closed:
      close()
      return .close
    }
  }

  private mutating func stop(at now: Int64) -> Action {
    switch input {
    case .new: inputDeadline = min(inputDeadline, now + Self.stopPatience)
    case .idle where output == .empty:
      inputDeadline = min(inputDeadline, now + Self.idleStopPatience)
    case .responding(.open), .responding(.announcedOpen): endAfterResponse(draining: 0)
    case .idle, .head, .body, .storing, .responding, .ending, .lingering, .closed: break
    }
    return .wait
  }

  private mutating func complete(_ body: Body, _ rules: Rules) {
    input = .responding(rules.isStopping ? .closed(draining: 0) : body.persistence)
    inputDeadline = .max
  }

  private mutating func refuse(draining: Int) {
    input = .responding(.closed(draining: draining))
    inputDeadline = .max
  }

  private mutating func close() {
    input = .closed
    output = .empty
    inputDeadline = .max
  }
}

/// The deadlines of a server in nanoseconds.
struct Timeouts: Sendable {
  let head, contentPause, writePause, idle, linger: Int64
  let contentBytesPerSecond: Int64

  init(_ deadlines: ServerConfiguration.Deadlines) {
    head = Int64(deadlines.head.clampedNanoseconds)
    contentPause = Int64(deadlines.contentPause.clampedNanoseconds)
    writePause = Int64(deadlines.writePause.clampedNanoseconds)
    idle = Int64(deadlines.idle.clampedNanoseconds)
    linger = Int64(deadlines.linger.clampedNanoseconds)
    contentBytesPerSecond = Int64(max(1, deadlines.contentBytesPerSecond))
  }

  /// How long so many bytes may take at the slowest rate.
  func allowance(for bytes: Int) -> Int64 {
    Int64(min(bytes, 1 << 31)) * 1_000_000_000 / contentBytesPerSecond
  }
}
