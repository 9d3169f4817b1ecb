import HTTP
import System

/// One TCP connection: its socket, the state of its protocol, and bytes that wait.
///
/// Used only on the thread of the event loop that accepted it.
final class Connection {
  let socket: Socket
  /// Distinguishes it from earlier connections with the same descriptor.
  let serial: UInt32
  let peer: Address
  /// The peer's address as text.
  let client: String
  let isTrusted: Bool
  /// Whether no rate limit applies to the peer.
  let isUnlimited: Bool

  var state: ConnectionState
  var interest = Poller.Interest.bytes
  /// The client that was last noted as a reader, and when.
  var readerNoted: (client: Address, at: Int64)?
  /// When the timing wheel reports this connection next.
  var wakes = Int64.max
  /// Bytes received and not used: a partial head, or pipelined requests.
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

  /// Identifies the connection to the poller, the wheel and the workers.
  var key: UInt64 { UInt64(serial) << 32 | UInt64(UInt32(bitPattern: socket.descriptor)) }
}

/// A request for the service, and its connection.
struct PendingRequest: Sendable {
  let loop: EventLoop
  /// The key of the connection.
  let key: UInt64
  var request: Request
  var record: AccessRecord
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
  let record: AccessRecord
  let destination: Destination
  /// What was received; of a file, what was not written yet.
  var bytes: [UInt8] = []
  private var length = 0

  init(_ request: Request, _ record: AccessRecord, _ destination: Destination) {
    self.request = request
    self.record = record
    self.destination = destination
  }

  func append(_ part: ArraySlice<UInt8>) {
    length += part.count
    if case .nowhere = destination { return }
    bytes += part
  }

  var completeRequest: Request {
    var request = request
    switch destination {
    case .nowhere: request.content = .none
    case .memory: request.content = .bytes(bytes)
    case .file(let file): request.content = .file(path: file.path, bytes: length)
    }
    return request
  }
}

/// Responses that could not be sent at once.
struct Backlog {
  var pieces: [Response.Piece] = []
  var records: [AccessRecord] = []
}
