package import System

/// Why a server could not start.
package enum ServerError: Error, Equatable, CustomStringConvertible {
  case addressInUse(SocketAddress)
  case notPermitted(SocketAddress)
  case addressNotLocal(SocketAddress)
  case notListening(descriptor: Int32)
  case noAddress
  case system(SystemError, SocketAddress?)

  init(_ error: SystemError, at address: SocketAddress) {
    if error.isAddressInUse {
      self = .addressInUse(address)
    } else if error.isNotPermitted {
      self = .notPermitted(address)
    } else if error.isAddressNotLocal {
      self = .addressNotLocal(address)
    } else {
      self = .system(error, address)
    }
  }

  package var description: String {
    switch self {
    case .addressInUse(let address):
      "cannot listen on \(address): the port is in use by another program"
    case .notPermitted(let address):
      "cannot listen on \(address): permission denied (ports below 1024 need extra privileges)"
    case .addressNotLocal(let address):
      "cannot listen on \(address): this machine does not have the address"
    case .notListening(let descriptor):
      "inherited descriptor \(descriptor) is not a listening TCP socket"
    case .noAddress:
      "no address to listen on"
    case .system(let error, let address):
      "\(address.map { "cannot listen on \($0): " } ?? "")\(error)"
    }
  }
}
