import HTTPServer
import System

/// Asks a server for its health.
struct HealthClient {
  let address: SocketAddress
  var patience = 4

  /// Why there is no answer.
  struct Failure: Error, CustomStringConvertible {
    let address: SocketAddress
    let reason: HTTPClient.Failure

    var description: String {
      let reason =
        switch reason {
        case .unreachable(let error): systemReason(of: error.number)
        default: "\(reason)"
        }
      return "http://\(address)/health: \(reason)"
    }
  }

  struct Answer: Equatable {
    let status: Int
    let content: String
  }

  func ask() throws -> Answer {
    var client = HTTPClient()
    client.patience = patience
    guard let url = HTTPAddress("http://\(reachableAddress)/health") else {
      throw Failure(address: address, reason: .unknownHost("\(address)"))
    }
    do {
      var content: [UInt8] = []
      let answer = try client.send("GET", to: url) { content += $1 }
      return Answer(status: answer.status, content: String(decoding: content, as: UTF8.self))
    } catch let failure as HTTPClient.Failure {
      throw Failure(address: address, reason: failure)
    }
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
