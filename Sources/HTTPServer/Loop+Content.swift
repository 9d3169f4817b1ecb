import CLinux
import Dispatch
import Glibc
import HTTP

/// Content that is being received.
final class ContentIntake {
  let request: Request
  let exchange: Exchange
  var decoder: ContentDecoder
  /// What has been received, when it goes to memory.
  var octets: [UInt8] = []
  /// Where it goes, when that is a file.
  let upload: Upload?
  var isComplete = false
  let began: Int64
  var progressed: Int64

  init(
    _ request: Request, _ exchange: Exchange, _ decoder: ContentDecoder, _ upload: Upload?,
    now: Int64
  ) {
    self.request = request
    self.exchange = exchange
    self.decoder = decoder
    self.upload = upload
    began = now
    progressed = now
  }
}

/// Receiving content, to memory or to a file.
extension Loop {
  /// Content that is collected before it is written to its file, which is another queue's work.
  private static let pieceOctets = 256 * 1024

  func beginContent(
    _ connection: Connection, _ request: Request, _ exchange: Exchange, _ framing: ContentFraming,
    isAwaited: Bool
  ) {
    let decoder: ContentDecoder
    var upload: Upload?
    switch shared.service.intake(for: request) {
    case .refuse(let response):
      connection.isLast = true
      connection.lingers = true
      return write(
        Answer(response.selected(for: request)), to: connection, exchange, isReused: false)
    case .memory(let limit):
      decoder = ContentDecoder(framing, limit: limit)
    case .file(let folder, let limit):
      decoder = ContentDecoder(framing, limit: limit)
      upload = Upload(folder: folder)
    }
    connection.intake = ContentIntake(request, exchange, decoder, upload, now: now)
    connection.phase = .content
    // A length beyond the limit is refused before the client is told to go on.
    _ = takeContent(connection, 0..<0)
    if connection.phase == .content, isAwaited { output.append(Self.goOn) }
  }

  private static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// Reads content.
  ///
  /// - Returns: How many octets of the range were the content's.
  func takeContent(_ connection: Connection, _ range: Range<Int>) -> Int {
    guard let intake = connection.intake else { return range.count }
    // Unsafe: the span is used while nothing is received.
    let buffer = unsafe UnsafeBufferPointer(rebasing: received[range])
    let octets = unsafe buffer.span
    var position = 0
    intake.progressed = now
    do throws(ContentError) {
      reading: while true {
        switch try intake.decoder.next(octets, at: &position) {
        case .needsMore: break reading
        case .content(let part):
          if let upload = intake.upload {
            unsafe upload.waiting.append(contentsOf: buffer[part])
          } else {
            unsafe intake.octets.append(contentsOf: buffer[part])
          }
        case .end:
          intake.isComplete = true
          break reading
        }
      }
    } catch {
      refuse(connection, error.status)
      return range.count
    }
    if let upload = intake.upload {
      if intake.isComplete || upload.waiting.count >= Self.pieceOctets { store(connection, upload) }
    } else if intake.isComplete {
      finishContent(connection, intake)
    }
    return position
  }

  /// Has what was collected written; until it is, the client's octets wait in the system's buffer.
  private func store(_ connection: Connection, _ upload: Upload) {
    connection.phase = .storing
    let key = connection.key
    let piece = upload.waiting
    upload.waiting = []
    let isLast = connection.intake?.isComplete == true
    storeQueue.async { [self] in
      post(.stored(key: key, errno: upload.write(piece, isLast: isLast)))
    }
  }

  func finishStoring(_ key: UInt64, errno number: Int32?) {
    guard let connection = connection(key), connection.phase == .storing,
      let intake = connection.intake
    else { return }
    if let number {
      let isFull = number == ENOSPC || number == EDQUOT || number == EFBIG
      refuse(connection, isFull ? .insufficientStorage : .internalServerError)
      flush(connection)
      return settle(connection)
    }
    connection.phase = .content
    intake.progressed = now
    if intake.isComplete {
      finishContent(connection, intake)
      flush(connection)
    }
    proceed(connection)
  }

  private func finishContent(_ connection: Connection, _ intake: ContentIntake) {
    var request = intake.request
    if let upload = intake.upload {
      request.content = .file(path: upload.path, octets: intake.decoder.octets)
    } else {
      request.content = .octets(intake.octets)
    }
    connection.intake = nil
    run(connection, request, intake.exchange)
  }

  /// Lets go of content that will not be complete.
  func abandonContent(_ connection: Connection) {
    guard let intake = connection.intake else { return }
    connection.intake = nil
    // Behind what is being written there.
    if let upload = intake.upload { storeQueue.async { upload.discard() } }
  }

  func setContentDeadline(_ connection: Connection) {
    guard let intake = connection.intake else { return }
    let deadlines = shared.deadlines
    // A client may pause, but not send an octet before each deadline for ever.
    let whole =
      intake.began + deadlines.contentPause + deadlines.allowance(for: intake.decoder.octets)
    setDeadline(connection, at: min(intake.progressed + deadlines.contentPause, whole))
  }
}
