import CLinux
import Foundation

/// Hands a child its input and takes what it writes, all at once and within limits.
struct Exchange {
  private let output: OwnedDescriptor
  private let errors: OwnedDescriptor
  private let feed: OwnedDescriptor?
  private let input: [UInt8]
  private let outputLimit: Int
  private let errorLimit: Int
  private var written = 0
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private(set) var outputOctets: [UInt8] = []
  private(set) var errorOctets: [UInt8] = []

  init(
    output: OwnedDescriptor, errors: OwnedDescriptor, feed: OwnedDescriptor?, input: [UInt8],
    outputLimit: Int, errorLimit: Int
  ) {
    self.output = output
    self.errors = errors
    self.feed = feed
    self.input = input
    self.outputLimit = outputLimit
    self.errorLimit = errorLimit
    // So that writing never waits for a child that has stopped reading.
    if let feed { setNonBlocking(feed.number) }
  }

  /// Goes on until the child has closed what it writes to, or must be ended.
  ///
  /// - Parameters:
  ///   - deadline: When its time is up.
  ///   - isCancelled: Whether it has been called off; asked five times a second.
  /// - Returns: Why it must be ended; nil when it need not.
  mutating func run(
    until deadline: ContinuousClock.Instant, isCancelled: () -> Bool
  ) -> ChildProcess.Ending? {
    while output.isOpen || errors.isOpen {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return .deadline }
      guard !isCancelled() else { return .cancelled }
      var waiting = [
        pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: feed?.number ?? -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard unsafe poll(&waiting, nfds_t(waiting.count), 200) >= 0 else { continue }
      if waiting[2].revents != 0 { give() }
      if waiting[0].revents != 0, take(from: output, into: \.outputOctets, limit: outputLimit) {
        return .tooMuchOutput
      }
      if waiting[1].revents != 0 {
        _ = take(from: errors, into: \.errorOctets, limit: errorLimit)
      }
    }
    return nil
  }

  /// Reads once; whether there was more than the limit, which is not kept.
  private mutating func take(
    from descriptor: OwnedDescriptor, into path: WritableKeyPath<Exchange, [UInt8]>, limit: Int
  ) -> Bool {
    let count = unsafe read(descriptor.number, &buffer, buffer.count)
    guard count > 0 else {
      if count == 0 || (errno != EINTR && errno != EAGAIN) { descriptor.close() }
      return false
    }
    let room = limit - self[keyPath: path].count
    self[keyPath: path] += buffer[..<min(count, room)]
    return count > room
  }

  private mutating func give() {
    guard let feed else { return }
    let count = unsafe input.withUnsafeBytes { octets in
      unsafe write(
        feed.number, octets.baseAddress?.advanced(by: written), octets.count - written)
    }
    if count > 0 { written += count }
    let isOver = written == input.count || (count < 0 && errno != EINTR && errno != EAGAIN)
    if isOver { feed.close() }
  }

  private func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, O_WRONLY | O_NONBLOCK)
  }
}

/// A descriptor that is closed with its last owner, or before.
final class OwnedDescriptor {
  /// -1 when it has been closed, which `poll` passes over.
  private(set) var number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close() }

  var isOpen: Bool { number >= 0 }

  static func open(_ path: String) throws(ChildProcess.Failure) -> OwnedDescriptor {
    let number = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    return OwnedDescriptor(number)
  }

  func close() {
    if number >= 0 { _ = Foundation.close(number) }
    number = -1
  }
}

/// A pipe whose ends no child inherits by accident.
struct Pipe {
  let reading: OwnedDescriptor
  let writing: OwnedDescriptor

  init() throws(ChildProcess.Failure) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw .noPipe(errno: errno) }
    reading = OwnedDescriptor(ends[0])
    writing = OwnedDescriptor(ends[1])
  }
}
