import CLinux
import HTTP

/// One TCP connection, from accept to close.
///
/// It belongs to the loop that accepted it and is used on that loop's queue alone. What is only
/// there while something is partial (a head, content, an unsent answer) is in objects of its own,
/// so an idle connection is small.
final class Connection {
  /// What a connection is doing, and so which events count.
  enum Phase {
    /// Waiting for a request, or receiving its head.
    case head
    /// Receiving content.
    case content
    /// Content is being written to a file; nothing is received meanwhile.
    case storing
    /// A worker has the request.
    case running
    /// An answer could not be sent at once.
    case writing
    /// The last answer has been sent; what still comes is read and dropped, since closing with
    /// octets unread would reset the connection and could destroy that answer on its way
    /// (RFC 9112 §9.6).
    case lingering
    case closed
  }

  /// What epoll watches for, beside errors.
  enum Interest {
    case none
    /// Octets from the client, and the end of them; told of once each time that some come.
    case octets
    /// Room for octets to the client; told of for as long as there is.
    case room

    var events: UInt32 {
      switch self {
      case .none: 0
      case .octets: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
      case .room: EPOLLOUT.rawValue
      }
    }
  }

  let descriptor: Int32
  /// Tells this connection from others that had the descriptor before.
  let serial: UInt32
  let peer: Address
  /// The peer's address as text.
  let client: String
  let isTrusted: Bool
  /// Whether no budget is for the peer.
  let isUnlimited: Bool

  var phase = Phase.head
  var interest = Interest.octets
  /// When something has to have happened, in monotonic nanoseconds.
  var deadline = Int64.max
  /// When the timing wheel will look at this connection next.
  var wakes = Int64.max
  /// When the request's first octet came; 0 between requests.
  var began: Int64 = 0
  /// Octets received and not yet read: a partial head, or what was pipelined behind a request
  /// that is not yet answered.
  var input: [UInt8] = []
  /// Whether the connection is closed after the answers that are on their way.
  var isLast = false
  /// Whether the client may still be sending what will not be read.
  var lingers = false
  /// Whether the client speaks HTTP/1.0 and must be told that the connection is kept.
  var isTold = false
  /// Whether the client has said that it will send no more.
  var isHalfClosed = false
  /// Whether a request has been read here.
  var isUsed = false
  /// Octets dropped while lingering.
  var dropped = 0

  var partial: PartialHead?
  var intake: ContentIntake?
  var outgoing: Outgoing?

  init(descriptor: Int32, serial: UInt32, peer: Address, isTrusted: Bool, isUnlimited: Bool) {
    self.descriptor = descriptor
    self.serial = serial
    self.peer = peer
    client = peer.description
    self.isTrusted = isTrusted
    self.isUnlimited = isUnlimited
  }

  /// Names the connection to epoll, the wheel and the workers.
  var key: UInt64 { UInt64(serial) << 32 | UInt64(UInt32(bitPattern: descriptor)) }
}

/// A parser that waits for the rest of a head.
final class PartialHead {
  var parser: RequestParser

  init(parser: RequestParser) { self.parser = parser }
}

/// What the log needs of a request.
struct Exchange: Sendable {
  var method: Method?
  var path: String
  var client: String
  var id: String
  var userAgent: String
  /// Whether the browser loads the answer ahead of time and nobody sees it yet.
  var isPrefetch = false
  /// Whether the client came by TLS.
  var isSecure: Bool
  /// When the request's first octet came, in monotonic nanoseconds.
  var began: Int64
}

/// A request that is being answered by a worker, or waits for one that is.
struct Pending: Sendable {
  /// The loop that has the connection it came by.
  let loop: Loop
  /// Of that connection.
  let key: UInt64
  var request: Request
  var exchange: Exchange
  /// Whether others may wait for its answer.
  var leads = false

  /// Path and query as they were sent.
  var target: [UInt8] { Array((request.path + (request.query.map { "?\($0)" } ?? "")).utf8) }
}

/// What is left of answers that could not be sent at once.
final class Outgoing {
  var pieces: [Response.Piece]
  /// Of the requests that are answered with it.
  var records: [AccessRecord]
  /// When the first of it was to be sent.
  let began: Int64
  /// When the client last took some of it.
  var progressed: Int64
  var sent = 0

  init(pieces: [Response.Piece], records: [AccessRecord], now: Int64) {
    self.pieces = pieces
    self.records = records
    began = now
    progressed = now
  }
}
