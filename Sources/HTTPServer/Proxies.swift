import HTTP
import System

/// Who a request comes from, as far as the peer and the proxies we trust can tell.
struct Origin {
  /// An address as text.
  let client: String
  let address: Address
  var isSecure: Bool
  /// The request's name; empty when the proxy gave none.
  var id: String
}

extension Origin {
  /// Reads what trusted proxies have added to a request.
  ///
  /// A proxy that keeps only one of `X-Forwarded-For` and `Forwarded` (RFC 7239) passes on a
  /// client's own line of the other, so when both are there and disagree, neither is believed.
  ///
  /// - Parameters:
  ///   - head: The request's head.
  ///   - octets: What it was read from.
  ///   - peer: The address at the other end, which is a trusted proxy's.
  ///   - trusted: All trusted proxies.
  init(_ head: RequestHead, _ octets: Span<UInt8>, peer: Address, trusted: [Network]) {
    func read(_ field: ForwardingField) -> (client: Address, isSecure: Bool) {
      let client = head.forwardedClient(in: octets, by: field) { octets, range in
        guard let address = Address(octets.text(range)) else { return false }
        return trusted.contains { $0.contains(address) }
      }
      let address = client.address.flatMap { Address(octets.text($0)) }
      return (address ?? peer, client.isSecure)
    }
    var origin = read(head.has(.forwarded) ? .forwarded : .xForwardedFor)
    if head.has(.forwarded), head.has(.xForwardedFor), read(.xForwardedFor).client != origin.client
    {
      origin.client = peer
    }
    client = origin.client.description
    address = origin.client
    isSecure = origin.isSecure
    id = head.value(of: .xRequestID).map { Identifiers.given(octets, $0) } ?? ""
  }
}
