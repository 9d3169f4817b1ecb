import HTTP
import System

/// One TCP connection, from accept to close: its socket, the state of its protocol, and the bytes
/// that wait for it.
///
/// It belongs to the event loop that accepted it and is used on that loop's thread alone.
final class Connection {
  let socket: Socket
  /// Tells this connection from others that had the descriptor before.
  let serial: UInt32
  let peer: Address
  /// The peer's address as text.
  let client: String
  let isTrusted: Bool
  /// Whether no rate limit applies to the peer.
  let isUnlimited: Bool

  var state: ConnectionState
  var interest = Poller.Interest.bytes
  /// When the timing wheel will look at this connection next.
  var wakes = Int64.max
  /// Bytes received and not used: a partial head, or requests behind one that is being answered.
  var unread: [UInt8] = []
  /// The request whose body is being received.
  var body: ReceivedBody?
  /// Responses that the client has not taken.
  var backlog = Backlog()

  init(
    _ socket: Socket, serial: UInt32, peer: Address, isTrusted: Bool, isUnlimited: Bool,
    state: ConnectionState
  ) {
    self.socket = socket
    self.serial = serial
    self.peer = peer
    client = peer.description
    self.isTrusted = isTrusted
    self.isUnlimited = isUnlimited
    self.state = state
  }

  /// Names the connection to the poller, the wheel and the workers.
  var key: UInt64 { UInt64(serial) << 32 | UInt64(UInt32(bitPattern: socket.descriptor)) }
}

/// What the log needs of a request.
struct Exchange: Sendable {
  var method: Method?
  var path: String
  var route: (any Sendable)?
  var client: String
  var id: String
  var userAgent: String
  /// Whether the browser loads the answer ahead of time and nobody sees it yet.
  var isPrefetch = false
  /// Whether the client came by TLS.
  var isSecure: Bool
  /// When the request's first byte came, in monotonic nanoseconds.
  var began: Int64
}

/// A request that the service is to answer, and the connection it came by.
struct PendingRequest: Sendable {
  let loop: EventLoop
  /// The key of the connection.
  let key: UInt64
  var request: Request
  var exchange: Exchange
  /// Whether the response may be for one person.
  var isPersonal = false
}

/// A request whose body is being received.
final class ReceivedBody {
  enum Destination {
    /// The body is dropped.
    case nowhere
    case memory
    case file(UploadFile)
  }

  var request: Request
  let exchange: Exchange
  let destination: Destination
  /// What has been received, or of a file what has not been written.
  var bytes: [UInt8] = []
  private var length = 0

  init(_ request: Request, _ exchange: Exchange, _ destination: Destination) {
    self.request = request
    self.exchange = exchange
    self.destination = destination
  }

  func append(_ part: ArraySlice<UInt8>) {
    length += part.count
    if case .nowhere = destination { return }
    bytes += part
  }

  /// The request with the body that has been received.
  var completeRequest: Request {
    var request = request
    switch destination {
    case .nowhere: request.content = .none
    case .memory: request.content = .octets(bytes)
    case .file(let file): request.content = .file(path: file.path, octets: length)
    }
    return request
  }
}

/// What is left of responses that could not be sent at once.
struct Backlog {
  var pieces: [Response.Piece] = []
  /// Of the requests that are answered with it.
  var records: [AccessRecord] = []
}
