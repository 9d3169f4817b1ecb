internal import Digests
internal import Foundation

/// The network an address belongs to, as far as it is one party: what is limited for a client is
/// limited for all the addresses it can take.
enum Network {
  /// The first octets of an address in hexadecimal digits; what is no address is its own network.
  static func prefix(of client: String, v4Octets: Int, v6Octets: Int = 8) -> String {
    var octets = [UInt8](repeating: 0, count: 16)
    if unsafe inet_pton(AF_INET, client, &octets) == 1 {
      return "4:" + [UInt8](octets.prefix(min(v4Octets, 4))).hexadecimal
    }
    if unsafe inet_pton(AF_INET6, client, &octets) == 1 {
      return "6:" + [UInt8](octets.prefix(v6Octets)).hexadecimal
    }
    return client
  }
}
