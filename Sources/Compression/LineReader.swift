internal import Glibc

/// Why a line could not be read.
package enum LineError: Error, Equatable, Sendable {
  /// The system call and its `errno`.
  case unreadable(call: String, number: Int32)
  /// The line has more bytes than `longest`; reading continues with the next line.
  case lineTooLong(line: Int, longest: Int)
  /// The compressed file is damaged after this line; the lines before it were good.
  case damaged(afterLine: Int, InflateError)
}

/// Reads a file of lines, plain or gzip, in bounded memory.
///
/// Lines end with a line feed; the last one need not. An empty file has no lines.
package struct LineReader: ~Copyable {
  /// The number of the line that was read last, from 1.
  package private(set) var lineNumber = 0
  /// How many bytes of the file itself were read, to show progress.
  package private(set) var bytesRead = 0
  /// The length of the file; nil when it is not a regular file.
  package let fileBytes: Int?

  private enum Source { case unknown, plain, gzip }

  private let descriptor: Int32
  private let longest: Int
  private var source = Source.unknown
  private var inflater = Inflater(format: .gzip, limit: .max)
  /// Read from the file and not used yet.
  private var input: [UInt8] = []
  private var inputUsed = 0
  private var isInputAtEnd = false
  /// Text whose lines were not returned yet.
  private var text: [UInt8] = []
  private var textUsed = 0
  private var isSkipping = false
  private var pendingError: LineError?
  private var isAtEnd = false

  private static let pieceBytes = 64 * 1024

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - longestLine: The most bytes a line may have without its end.
  /// - Throws: ``LineError/unreadable(call:number:)``.
  package init(path: String, longestLine: Int = 16 << 20) throws(LineError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(call: "open", number: errno) }
    self.init(owning: descriptor, longestLine: longestLine)
  }

  /// Reads from an open descriptor, which it closes when it ends.
  package init(owning descriptor: Int32, longestLine: Int = 16 << 20) {
    self.descriptor = descriptor
    longest = max(0, longestLine)
    var status = stat()
    let isRegular = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    fileBytes = isRegular ? Int(status.st_size) : nil
  }

  deinit { close(descriptor) }

  /// Reads the next line.
  ///
  /// - Returns: Its bytes without the line feed; nil after the last line.
  /// - Throws: ``LineError``. After ``LineError/lineTooLong(line:longest:)`` the next call reads
  ///   the next line; after any other error there are no more.
  package mutating func next() throws(LineError) -> [UInt8]? {
    var searched = textUsed
    while true {
      if let end = text[searched...].firstIndex(of: 0x0A) {
        let line = textUsed..<end
        textUsed = end + 1
        if isSkipping {
          isSkipping = false
          searched = textUsed
          continue
        }
        lineNumber += 1
        guard line.count <= longest else {
          throw .lineTooLong(line: lineNumber, longest: longest)
        }
        return Array(text[line])
      }
      if isSkipping {
        text.removeAll(keepingCapacity: true)
        textUsed = 0
      } else if text.count - textUsed > longest {
        isSkipping = true
        lineNumber += 1
        throw .lineTooLong(line: lineNumber, longest: longest)
      }
      text.removeSubrange(..<textUsed)
      textUsed = 0
      searched = text.count
      guard !isAtEnd else { return try last() }
      fill()
    }
  }

  /// Returns the last line without a line feed, then throws the error that ended the reading.
  private mutating func last() throws(LineError) -> [UInt8]? {
    if let error = pendingError {
      // The line that the damage cut off is dropped.
      text = []
      pendingError = nil
      throw error
    }
    guard !text.isEmpty else { return nil }
    defer { text = [] }
    lineNumber += 1
    return text
  }

  /// Appends more text, if there is any.
  private mutating func fill() {
    do {
      if inputUsed == input.count, !isInputAtEnd { try readPiece() }
      switch source {
      case .unknown, .plain:
        text += input[inputUsed...]
        inputUsed = input.count
        isAtEnd = isInputAtEnd
      case .gzip: try inflatePiece()
      }
    } catch {
      pendingError = error
      isAtEnd = true
    }
  }

  private mutating func inflatePiece() throws(LineError) {
    let before = text.count
    let input = input
    do {
      inputUsed += try inflater.inflate(
        input.span.extracting(inputUsed...), into: &text, most: LineReader.pieceBytes)
      guard text.count == before, isInputAtEnd, inputUsed == input.count else { return }
      try inflater.finish()
      isAtEnd = true
    } catch {
      let lines = text[textUsed...].reduce(into: lineNumber) { if $1 == 0x0A { $0 += 1 } }
      throw .damaged(afterLine: lines, error)
    }
  }

  private mutating func readPiece() throws(LineError) {
    inputUsed = 0
    var failure: Int32 = 0
    let descriptor = descriptor
    input = unsafe [UInt8](unsafeUninitializedCapacity: LineReader.pieceBytes) { buffer, count in
      // A pipe may deliver the two magic bytes one by one.
      while count < 2 {
        let got = unsafe read(
          descriptor, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
        if got > 0 { count += got }
        if got == 0 { break }
        if got < 0, errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw .unreadable(call: "read", number: failure) }
    bytesRead += input.count
    isInputAtEnd = input.isEmpty
    if source == .unknown, !input.isEmpty {
      source = input.starts(with: [0x1F, 0x8B]) ? .gzip : .plain
    }
  }
}
