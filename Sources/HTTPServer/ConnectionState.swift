import HTTP
import System

/// The protocol of one HTTP/1.1 connection as a value: no socket, no clock, no service.
///
/// The event loop reports what happened with ``receive(_:used:parser:at:_:)`` and
/// ``handle(_:at:_:)``. Each call returns the one action to perform. The loop performs it and
/// reports the next event.
///
/// Requests are answered one after another, in the order in which they came. `input` is what the
/// connection expects of the client, `output` whether it has taken what was sent:
///
///     new ─┐          ┌────────── body ⇄ storing
///          ├→ head ──→┤             ↓
///     idle ┘          └────────→ responding ──→ idle, or ending ──→ lingering ──→ closed
///
/// While `output` is not empty nothing is read: a client that does not take its responses cannot
/// send more requests.
struct ConnectionState {
  /// What happens to the connection after a response.
  enum Persistence: Equatable {
    case open
    /// An HTTP/1.0 client must be told that the connection stays open.
    case announcedOpen
    /// The connection is closed. Before that, up to `draining` bytes are read and dropped: closing
    /// with unread bytes resets the connection, which can destroy the response on its way
    /// (RFC 9112 §9.6). 0 when the client has no more to send.
    case closed(draining: Int)
  }

  /// A body that is being received.
  struct Body {
    var decoder: ContentDecoder
    /// Whether it goes to a file, piece by piece.
    let isForFile: Bool
    /// Bytes kept since the last piece was written.
    var pending = 0
    var isComplete = false
    let persistence: Persistence
    /// How many bytes are dropped when the rest is refused.
    let draining: Int
    let began: Int64
  }

  enum Input {
    /// No byte has come yet.
    case new
    /// Between requests.
    case idle
    /// Part of a head has come. The loop keeps its bytes; the parser knows how far it has read.
    indirect case head(RequestParser)
    case body(Body)
    /// A piece of the body is being written; nothing is read meanwhile.
    case storing(Body)
    /// The request is whole and its response is not.
    case responding(Persistence)
    /// No further request is read. When the output is empty the connection is closed.
    case ending(draining: Int)
    /// Everything has been sent; so many bytes more are read and dropped.
    case lingering(Int)
    case closed
  }

  enum Output: Equatable {
    case empty
    /// The client has not taken all of it. It gives up at `deadline`.
    case sending(began: Int64, sent: Int, deadline: Int64)
  }

  /// What the event loop reports.
  enum Event: Equatable {
    /// The client sends no more.
    case endOfInput
    /// The connection is broken.
    case reset
    /// A response has been put into the output.
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
    /// Looks at the bytes that have been kept, if any.
    case read
    /// Answers the request, whose body is complete.
    case respond
    /// Answers with an error. No further request is read.
    case refuse(Status)
    /// Ends the sending side; what still comes is dropped.
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
    /// Answers with an error. No further request is read.
    case refuse(Status)
    case close
  }

  /// What applies to all connections of a server.
  struct Rules {
    var timeouts = Timeouts(ServerConfiguration.Deadlines())
    var parserLimits = RequestParser.Limits()
    var isStopping = false
  }

  /// The most bytes that are dropped behind a head or a form that was refused, so that the client
  /// sees why.
  static let headDrainLimit = 256 * 1024
  /// The size of the pieces in which a body is written to its file.
  static let pieceSize = 256 * 1024
  /// How long a connection that was accepted while the server stops may take to send its request.
  static let stopPatience: Int64 = 1_000_000_000

  private(set) var input = Input.new
  private(set) var output = Output.empty
  /// When the input times out.
  private var inputDeadline: Int64
  /// When the first byte of the request that is being received or answered came.
  private(set) var requestBegan: Int64 = 0

  init(at now: Int64, _ rules: Rules) {
    inputDeadline = now + (rules.isStopping ? Self.stopPatience : rules.timeouts.idle)
  }

  /// When to report `.expired`, in monotonic nanoseconds; `Int64.max` for never.
  var deadline: Int64 {
    if case .sending(_, _, let deadline) = output { return deadline }
    return inputDeadline
  }

  /// Whether bytes of the client are wanted now.
  var isReading: Bool {
    guard output == .empty else { return false }
    switch input {
    case .new, .idle, .head, .body, .lingering: return true
    case .storing, .responding, .ending, .closed: return false
    }
  }

  var isClosed: Bool { if case .closed = input { true } else { false } }
  var isResponding: Bool { if case .responding = input { true } else { false } }

  /// What the response to the current request has to say of the connection.
  var persistence: Persistence {
    if case .responding(let persistence) = input { persistence } else { .closed(draining: 0) }
  }

  /// Whether the service can still be asked for something by this connection.
  ///
  /// - Parameter hasUnread: Whether bytes of the client are kept.
  /// - Returns: False when only responses are on their way.
  func canAsk(hasUnread: Bool) -> Bool {
    switch input {
    case .ending, .lingering, .closed: false
    case .idle: output == .empty || hasUnread
    case .new, .head, .body, .storing, .responding: true
    }
  }

  // MARK: Bytes

  /// Looks at bytes of the client.
  ///
  /// The loop calls it until it returns `.wait` or `.store`, each time with the bytes that have not
  /// been used, and keeps those that are left. Bytes of a partial head are not used: they are passed
  /// again with those that follow.
  ///
  /// - Parameters:
  ///   - bytes: What has been received and not used.
  ///   - used: Set to how many of them have been used.
  ///   - parser: Used by all connections of a loop; holds the head after `.request`.
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
      // The client goes on sending what will not be read.
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

  /// Begins the body of the request that has just been read.
  ///
  /// - Parameters:
  ///   - framing: How the body ends.
  ///   - limit: The most bytes of it; more are refused with 413.
  ///   - isForFile: Whether it goes to a file.
  ///   - draining: How many bytes are dropped when the rest is refused.
  ///   - now: Monotonic nanoseconds.
  ///   - rules: What applies to all connections.
  mutating func beginBody(
    _ framing: ContentFraming, limit: Int, isForFile: Bool, draining: Int, at now: Int64,
    _ rules: Rules
  ) {
    let body = Body(
      decoder: ContentDecoder(framing, limit: limit), isForFile: isForFile,
      persistence: persistence, draining: draining, began: now)
    wait(for: body, at: now, rules)
  }

  /// Closes the connection after the response to the request that has just been read.
  ///
  /// - Parameter draining: How many bytes of its body are read and dropped.
  mutating func endAfterResponse(draining: Int) {
    input = .responding(.closed(draining: draining))
  }

  private mutating func wait(for body: Body, at now: Int64, _ rules: Rules) {
    input = .body(body)
    let timeouts = rules.timeouts
    // A client may pause, but not send one byte before each deadline for ever.
    let whole = body.began + timeouts.contentPause + timeouts.allowance(for: body.decoder.octets)
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

  /// Takes note of an event.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - now: Monotonic nanoseconds.
  ///   - rules: What applies to all connections.
  /// - Returns: What to do.
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
    // Half a request is none.
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
      close()
      return .close
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
    contentBytesPerSecond = Int64(max(1, deadlines.contentOctetsPerSecond))
  }

  /// How long so many bytes may take at the slowest rate.
  func allowance(for bytes: Int) -> Int64 {
    Int64(min(bytes, 1 << 31)) * 1_000_000_000 / contentBytesPerSecond
  }
}
