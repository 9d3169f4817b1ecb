import System

/// Reads whole files into memory.
enum Input {
  enum Failure: Error, CustomStringConvertible {
    case unreadable(name: String, errno: Int32)
    case tooLarge(name: String, limit: Int)

    var description: String {
      switch self {
      case .unreadable(let name, let number): "\(name): \(systemReason(of: number))"
      case .tooLarge(let name, let limit):
        "\(name): larger than \(Quantity.text(bytes: limit))"
      }
    }
  }

  /// The bytes of a file, or of standard input for the path `-`.
  static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
    try read(path, limit: limit, hasLine: false).bytes
  }

  /// The first line of a file without its end, and the bytes after it.
  static func lineAndBytes(
    of path: String, limit: Int
  ) throws(Failure) -> (line: String, bytes: [UInt8]) {
    try read(path, limit: limit, hasLine: true)
  }

  private static func read(
    _ path: String, limit: Int, hasLine: Bool
  ) throws(Failure) -> (line: String, bytes: [UInt8]) {
    let name = path == "-" ? "standard input" : path
    do throws(FileError) {
      let file =
        try path == "-"
        ? FileDescriptor(duplicating: 0, path: name) : FileDescriptor(path, for: .reading)
      var line: [UInt8] = []
      while hasLine, line.last != UInt8(ascii: "\n") {
        let byte = try file.read(upTo: 1)
        if byte.isEmpty { break }
        line += byte
      }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(min(try file.status().bytes, limit))
      while true {
        let piece = try file.read()
        if piece.isEmpty {
          return (String(decoding: line.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self), bytes)
        }
        guard bytes.count + piece.count <= limit else { break }
        bytes += piece
      }
    } catch {
      throw .unreadable(name: name, errno: error.code)
    }
    throw .tooLarge(name: name, limit: limit)
  }
}
