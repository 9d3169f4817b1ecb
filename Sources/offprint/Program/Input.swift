import Foundation

/// Reading whole files into memory.
enum Input {
  enum Failure: Error, CustomStringConvertible {
    case unreadable(name: String, errno: Int32)
    case tooLarge(name: String, limit: Int)

    var description: String {
      switch self {
      case .unreadable(let name, let number): "\(name): \(systemReason(of: number))"
      case .tooLarge(let name, let limit):
        "\(name): larger than \(Quantity.text(octets: limit))"
      }
    }
  }

  /// The octets of a file; of standard input when the path is `-`.
  static func octets(of path: String, limit: Int) throws(Failure) -> [UInt8] {
    let name = path == "-" ? "standard input" : path
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(name: name, errno: errno) }
    defer { if path != "-" { close(descriptor) } }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .unreadable(name: name, errno: errno)
    }
    var octets: [UInt8] = []
    octets.reserveCapacity(min(max(0, Int(status.st_size)), limit))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(name: name, errno: errno)
      }
      if count == 0 { return octets }
      guard octets.count + count <= limit else { throw .tooLarge(name: name, limit: limit) }
      octets += buffer[..<count]
    }
  }
}
