import Glibc

/// Writes a child's input and reads its output and errors, all at once and within limits.
struct PipeExchange: ~Copyable {
  /// nil once it has been closed.
  private var output: FileDescriptor?
  private var errors: FileDescriptor?
  private var feed: FileDescriptor?
  private let input: [UInt8]
  /// A file whose content follows the input; nil without one, or at its end.
  private var file: Int32?
  private var filePosition: off_t = 0
  private let outputLimit: Int
  private let errorLimit: Int
  private var written = 0
  private(set) var outputBytes: [UInt8] = []
  private(set) var errorBytes: [UInt8] = []

  init(
    output: consuming FileDescriptor?, errors: consuming FileDescriptor?,
    feed: consuming FileDescriptor?, input: [UInt8], file: Int32? = nil, outputLimit: Int,
    errorLimit: Int
  ) {
    self.output = output
    self.errors = errors
    self.feed = feed
    self.input = input
    self.file = file
    self.outputLimit = outputLimit
    self.errorLimit = errorLimit
    // So that writing never waits for a child that has stopped reading.
    if let number = self.feed?.number { _ = fcntl(number, F_SETFL, O_WRONLY | O_NONBLOCK) }
  }

  /// Continues until the child has closed what it writes to, or must be killed.
  ///
  /// - Parameters:
  ///   - deadline: When its time is up.
  ///   - isCancelled: Asked five times a second.
  /// - Returns: Why it must be killed; nil when it need not.
  mutating func run(
    until deadline: ContinuousClock.Instant, isCancelled: () -> Bool
  ) -> ChildProcess.Ending? {
    while output != nil || errors != nil {
      guard ContinuousClock.now < deadline else { return .deadline }
      guard !isCancelled() else { return .cancelled }
      // The system ignores a descriptor of -1.
      var waiting = [
        pollfd(fd: output?.number ?? -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors?.number ?? -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: feed?.number ?? -1, events: Int16(POLLOUT), revents: 0),
      ]
      // Unsafe: the system writes into the array's elements.
      guard unsafe poll(&waiting, nfds_t(waiting.count), 200) >= 0 else { continue }
      if waiting[2].revents != 0 { writeInput() }
      if waiting[0].revents != 0,
        Self.read(&output, into: &outputBytes, limit: outputLimit)
      {
        return .tooMuchOutput
      }
      if waiting[1].revents != 0 {
        _ = Self.read(&errors, into: &errorBytes, limit: errorLimit)
      }
    }
    return nil
  }

  /// Reads once; whether there was more than the limit, which is dropped.
  private static func read(
    _ file: inout FileDescriptor?, into bytes: inout [UInt8], limit: Int
  ) -> Bool {
    let piece = (try? file?.read(upTo: 1 << 16)) ?? []
    if piece.isEmpty { file = nil }
    let room = limit - bytes.count
    bytes += piece.prefix(room)
    return piece.count > room
  }

  private mutating func writeInput() {
    guard let number = feed?.number else { return }
    guard written < input.count else { return sendFile(to: number) }
    // Unsafe: the system reads the rest of the array.
    let count = unsafe input.withUnsafeBytes { bytes in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
      return unsafe write(number, rest.baseAddress, rest.count)
    }
    if count > 0 { written += count }
    let hasFailed = count < 0 && errno != EINTR && errno != EAGAIN
    if written == input.count && file == nil || hasFailed { feed = nil }
  }

  /// Has the kernel copy the next part of the file.
  private mutating func sendFile(to number: Int32) {
    guard let file else {
      feed = nil
      return
    }
    // Unsafe: the system writes the new position.
    let count = unsafe sendfile(number, file, &filePosition, 1 << 20)
    if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { feed = nil }
  }
}
