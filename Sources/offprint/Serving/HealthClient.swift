import Foundation
import System

/// Asks a server for its health.
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
    let socket: BlockingSocket
    do throws(SystemError) {
      socket = try BlockingSocket(connectingTo: reachableAddress, patience: patience)
    } catch {
      throw .unreachable(address, errno: error.number)
    }
    defer { socket.close() }
    let request = "GET /health HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n"
    guard socket.send(Array(request.utf8)) else { throw .silent(address) }
    var received: [UInt8] = []
    while received.count < 1 << 20 {
      guard let piece = socket.receive() else { throw .silent(address) }
      if piece.isEmpty { break }
      received += piece
    }
    guard let answer = Self.read(received) else { throw .noHTTP(address) }
    return answer
  }

  /// Reads a response that ends with the connection.
  static func read(_ octets: [UInt8]) -> Answer? {
    let text = String(decoding: octets, as: UTF8.self)
    let separator = "\r\n\r\n"
    guard text.hasPrefix("HTTP/1.1 "), let head = text.firstRange(of: separator),
      let status = Int(text.dropFirst(9).prefix(3))
    else { return nil }
    return Answer(status: status, content: String(text[head.upperBound...]))
  }

  /// The loopback address of a server that listens on every address.
  private var reachableAddress: SocketAddress {
    switch "\(address.address)" {
    case "0.0.0.0": SocketAddress(address: .loopback, port: address.port)
    case "::": SocketAddress(address: Address(high: 0, low: 1), port: address.port)
    default: address
    }
  }
}
