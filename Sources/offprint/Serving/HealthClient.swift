import Foundation
import System

/// Asks a server of ours how it is: one request, one answer, a few seconds.
struct HealthClient {
  let address: SocketAddress
  var patience = 4

  enum Failure: Error, CustomStringConvertible {
    case unreachable(SocketAddress, errno: Int32)
    case silent(SocketAddress)
    case noHTTP(SocketAddress)

    var description: String {
      switch self {
      case .unreachable(let address, let number):
        "http://\(address)/health: \(systemReason(of: number))"
      case .silent(let address): "http://\(address)/health: no response in time"
      case .noHTTP(let address): "http://\(address)/health: expected an HTTP response"
      }
    }
  }

  struct Answer: Equatable {
    let status: Int
    let content: String
  }

  func ask() throws(Failure) -> Answer {
    let descriptor = try connect()
    defer { close(descriptor) }
    let request = Array(
      "GET /health HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8)
    guard
      unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
        == request.count
    else { throw .unreachable(address, errno: errno) }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while received.count < 1 << 20 {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 {
        if errno == EINTR { continue }
        throw .silent(address)
      }
      if count == 0 { break }
      received += buffer[..<count]
    }
    guard let answer = Self.read(received) else { throw .noHTTP(address) }
    return answer
  }

  /// Reads an answer that ends with its connection.
  static func read(_ octets: [UInt8]) -> Answer? {
    let text = String(decoding: octets, as: UTF8.self)
    let separator = "\r\n\r\n"
    guard text.hasPrefix("HTTP/1.1 "), let head = text.firstRange(of: separator),
      let status = Int(text.dropFirst(9).prefix(3))
    else { return nil }
    return Answer(status: status, content: String(text[head.upperBound...]))
  }

  private func connect() throws(Failure) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let result = unsafe getaddrinfo(host, "\(address.port)", &hints, &found)
    guard result == 0, let first = unsafe found else {
      throw .unreachable(address, errno: EADDRNOTAVAIL)
    }
    defer { unsafe freeaddrinfo(first) }
    let descriptor = unsafe socket(
      first.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .unreachable(address, errno: errno) }
    var time = timeval(tv_sec: patience, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(
        descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
    guard
      unsafe Foundation.connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0
    else {
      let number = errno
      close(descriptor)
      throw .unreachable(address, errno: number)
    }
    return descriptor
  }

  /// Where to ask a server that listens on every address.
  private var host: String {
    switch "\(address.address)" {
    case "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    case let host: host
    }
  }
}
