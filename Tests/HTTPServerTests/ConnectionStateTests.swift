import HTTP
import Testing

@testable import HTTPServer

/// A connection without a socket: it is told what comes, and says what it does.
private struct Conversation {
  var state: ConnectionState
  var rules = ConnectionState.Rules()
  var now: Int64 = 0
  private var parser = RequestParser()
  private var unread: [UInt8] = []
  /// What the loop was asked to do with bytes, in order, without the waits.
  private(set) var actions: [ConnectionState.InputAction] = []

  static let second: Int64 = 1_000_000_000

  init() { state = ConnectionState(at: 0, rules) }

  var head: RequestHead { parser.head }

  /// Passes bytes on until the state waits, as the loop does; answers each request with `respond`.
  mutating func say(_ text: String, answering respond: Bool = true, limit: Int = 1000) {
    unread += Array(text.utf8)
    read(answering: respond, limit: limit)
  }

  mutating func read(answering respond: Bool = true, limit: Int = 1000) {
    while true {
      var used = 0
      let bytes = unread
      let action = state.receive(bytes.span, used: &used, parser: &parser, at: now, rules)
      unread.removeFirst(used)
      if action == .wait { return }
      actions.append(action)
      switch action {
      case .request where parser.head.framing != .none:
        state.beginBody(
          parser.head.framing, limit: limit, isForFile: parser.head.method == .put, draining: 10,
          at: now, rules)
      case .request, .respond, .refuse:
        if respond { tell(.responded) }
      case .store, .close: return
      case .wait, .keep: break
      }
    }
  }

  @discardableResult
  mutating func tell(_ event: ConnectionState.Event) -> ConnectionState.Action {
    state.handle(event, at: now, rules)
  }

  var hasUnread: Bool { !unread.isEmpty }
}

@Suite("A connection's next step depends on its state and the event")
struct ConnectionStateTests {
  private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
  private static let second = Conversation.second
  private var talk = Conversation()

  // MARK: Requests in their order

  @Test mutating func pipelinedRequestsAreAnsweredOneAfterAnother() {
    talk.say(Self.get + Self.get + "GET / HT")
    #expect(talk.actions == [.request, .request])
    talk.say("TP/1.1\r\nHost: h\r\n\r\n")
    #expect(talk.actions.count == 3)
    #expect(talk.tell(.flushed) == .wait)
    #expect(talk.state.isReading)
  }

  @Test mutating func theSecondWaitsForTheFirst() {
    talk.say(Self.get + Self.get, answering: false)
    #expect(talk.actions == [.request])
    #expect(talk.state.isResponding && !talk.state.isReading && talk.hasUnread)
    #expect(talk.state.deadline == .max)
    #expect(talk.tell(.responded) == .read)
    talk.read()
    #expect(talk.actions == [.request, .request])
  }

  @Test mutating func nothingIsReadWhileTheClientDoesNotTakeItsResponses() {
    talk.say(Self.get)
    _ = talk.tell(.progressed(0))
    #expect(!talk.state.isReading)
    talk.say(Self.get)
    #expect(talk.actions == [.request] && talk.hasUnread)
    #expect(talk.tell(.flushed) == .read)
    talk.read()
    #expect(talk.actions == [.request, .request])
  }

  @Test mutating func singleBytesMakeARequest() {
    for byte in Self.get { talk.say(String(byte)) }
    #expect(talk.actions == [.request])
  }

  @Test(
    "What a request says decides whether the connection stays open",
    arguments: [
      ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", .open),
      ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", .closed(draining: 0)),
      ("GET / HTTP/1.0\r\n\r\n", .closed(draining: 0)),
      ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", .announcedOpen),
    ] as [(String, ConnectionState.Persistence)])
  func persistence(_ head: String, _ expected: ConnectionState.Persistence) {
    var talk = Conversation()
    talk.say(head, answering: false)
    #expect(talk.state.persistence == expected)
    let isOpen = expected == .open || expected == .announcedOpen
    #expect(talk.tell(.responded) == (isOpen ? .read : .wait))
    #expect(talk.tell(.flushed) == (isOpen ? .wait : .close))
  }

  @Test mutating func bytesBehindTheLastRequestAreDrained() {
    talk.say("GET / HTTP/1.0\r\n\r\n" + Self.get)
    #expect(talk.actions == [.request] && !talk.hasUnread)
    #expect(talk.tell(.flushed) == .linger)
    #expect(talk.state.deadline == 2 * Self.second)
    #expect(talk.tell(.endOfInput) == .close)
  }

  // MARK: Bodies

  @Test mutating func aBodyComesBeforeTheResponse() {
    talk.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nHar")
    #expect(talk.actions == [.request, .keep(0..<3)])
    talk.say("bo" + Self.get)
    #expect(talk.actions == [.request, .keep(0..<3), .keep(0..<2), .respond, .request])
  }

  @Test mutating func aFileIsWrittenInPiecesAndNothingIsReadMeanwhile() {
    let piece = ConnectionState.pieceSize
    let head = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: \(piece + 3)\r\n\r\n"
    talk.say(head + String(repeating: "x", count: piece), limit: 1 << 20)
    #expect(talk.actions == [.request, .keep(0..<piece), .store(isLast: false)])
    #expect(!talk.state.isReading && talk.state.deadline == .max)
    #expect(talk.tell(.stored(failure: nil)) == .read)
    talk.say("end")
    #expect(talk.actions.suffix(2) == [.keep(0..<3), .store(isLast: true)])
    #expect(talk.tell(.stored(failure: nil)) == .respond)
    #expect(talk.state.isResponding)
  }

  @Test mutating func aDiskThatIsFullIsToldAndEndsTheConnection() {
    talk.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx")
    #expect(talk.tell(.stored(failure: .insufficientStorage)) == .refuse(.insufficientStorage))
    _ = talk.tell(.responded)
    #expect(talk.tell(.flushed) == .linger)
  }

  @Test mutating func aBodyBeyondItsLimitIsCutOff() {
    talk.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")
    #expect(talk.actions == [.request, .refuse(.contentTooLarge)])
    #expect(talk.tell(.flushed) == .linger)
    talk.say("123456789")
    #expect(!talk.state.isClosed)
    talk.say("0")
    #expect(talk.actions.last == .close && talk.state.isClosed)
  }

  // MARK: Ends

  @Test mutating func halfARequestIsNone() {
    talk.say("GET / HT")
    #expect(talk.tell(.endOfInput) == .refuse(.badRequest))
    _ = talk.tell(.responded)
    #expect(talk.tell(.flushed) == .close)
  }

  @Test mutating func aClientThatHasFinishedSendingGetsItsResponse() {
    talk.say(Self.get, answering: false)
    #expect(talk.tell(.endOfInput) == .wait)
    #expect(talk.tell(.responded) == .read)
    #expect(talk.tell(.flushed) == .wait)
    #expect(talk.tell(.endOfInput) == .close)
  }

  @Test mutating func aMalformedHeadEndsTheConnection() {
    talk.say(Self.get + "nonsense\r\n\r\n" + Self.get)
    #expect(talk.actions == [.request, .refuse(.badRequest)])
    #expect(talk.tell(.flushed) == .linger)
  }

  @Test(arguments: ["", "GET", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"])
  func aBrokenConnectionIsClosedInEveryState(_ text: String) {
    var talk = Conversation()
    talk.say(text, answering: false)
    #expect(talk.tell(.reset) == .close)
    #expect(talk.state.isClosed && talk.state.deadline == .max)
    for event in [.responded, .flushed, .endOfInput, .stored(failure: nil)]
      as [ConnectionState.Event]
    {
      #expect(talk.tell(event) == .wait)
    }
  }

  // MARK: Deadlines

  @Test mutating func anIdleConnectionIsClosed() {
    #expect(talk.state.deadline == 60 * Self.second)
    talk.now = 5 * Self.second
    talk.say(Self.get)
    _ = talk.tell(.flushed)
    #expect(talk.state.deadline == 65 * Self.second)
    #expect(talk.tell(.expired) == .close)
  }

  @Test mutating func theDeadlineOfAHeadCountsFromItsFirstByte() {
    for time in 1...5 {
      talk.now = Int64(time) * Self.second
      talk.say(String(Array("GET /".utf8.map { Character(Unicode.Scalar($0)) })[time - 1]))
      #expect(talk.state.deadline == 11 * Self.second)
    }
    #expect(talk.tell(.expired) == .refuse(.requestTimeout))
    _ = talk.tell(.responded)
    #expect(talk.tell(.flushed) == .linger)
  }

  @Test mutating func aBodyMayPauseButNotForEver() {
    talk.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999\r\n\r\n")
    #expect(talk.state.deadline == 15 * Self.second)
    talk.now = 10 * Self.second
    talk.say("x")
    // Less than a KiB a second: the whole has 15 s, and about a millisecond for the byte.
    #expect(talk.state.deadline < 16 * Self.second)
    #expect(talk.tell(.expired) == .refuse(.requestTimeout))
  }

  @Test mutating func aClientThatTakesNothingIsCut() {
    talk.say(Self.get)
    _ = talk.tell(.progressed(0))
    #expect(talk.state.deadline == 30 * Self.second)
    talk.now = 20 * Self.second
    _ = talk.tell(.progressed(1 << 20))
    #expect(talk.state.deadline == 50 * Self.second)
    // A byte now and then does not move it for ever.
    talk.now = 1030 * Self.second
    _ = talk.tell(.progressed(1))
    #expect(talk.state.deadline < 1055 * Self.second)
    #expect(talk.tell(.expired) == .close)
  }

  @Test mutating func noDeadlineOfTheClientsConcernsAWorker() {
    talk.say(Self.get + Self.get)
    talk.say(Self.get, answering: false)
    #expect(talk.state.deadline == .max)
  }

  // MARK: Stopping

  @Test mutating func aNewConnectionMayAskOnceWhileTheServerStops() {
    talk.rules.isStopping = true
    #expect(talk.tell(.stop) == .wait)
    #expect(talk.state.deadline == ConnectionState.stopPatience)
    #expect(talk.state.canAsk(hasUnread: false))
    talk.say(Self.get, answering: false)
    #expect(talk.state.persistence == .closed(draining: 0))
    _ = talk.tell(.responded)
    #expect(!talk.state.canAsk(hasUnread: false))
    #expect(talk.tell(.flushed) == .close)
  }

  @Test mutating func anIdleConnectionIsClosedSoonWhenTheServerStops() {
    talk.say(Self.get)
    _ = talk.tell(.flushed)
    talk.rules.isStopping = true
    #expect(talk.tell(.stop) == .wait)
    #expect(talk.state.deadline == ConnectionState.idleStopPatience)
    #expect(talk.tell(.expired) == .close)
  }

  @Test mutating func aRequestThatWasOnItsWayWhenTheServerStopsIsTheLast() {
    talk.say(Self.get)
    _ = talk.tell(.flushed)
    talk.rules.isStopping = true
    #expect(talk.tell(.stop) == .wait)
    talk.say(Self.get, answering: false)
    #expect(talk.actions.last == .request)
    #expect(talk.state.persistence == .closed(draining: 0))
  }

  @Test mutating func aResponseUnderWaySaysThatItIsTheLast() {
    talk.say(Self.get, answering: false)
    talk.rules.isStopping = true
    #expect(talk.tell(.stop) == .wait)
    #expect(talk.state.persistence == .closed(draining: 0))
  }

  @Test mutating func aBodyThatBeganBeforeTheStopIsTheLast() {
    talk.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx", answering: false)
    talk.rules.isStopping = true
    #expect(talk.tell(.stop) == .wait)
    talk.say("y", answering: false)
    #expect(talk.actions.last == .respond)
    #expect(talk.state.persistence == .closed(draining: 0))
  }
}
