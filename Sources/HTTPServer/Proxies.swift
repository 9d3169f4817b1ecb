import HTTP
import System

/// Who sent a request, according to the peer and trusted proxies.
struct Origin {
  let client: String
  let address: Address
  var isSecure: Bool
  /// The request ID; empty when the proxy gave none.
  var id: String
}

extension Origin {
  /// Reads what trusted proxies, of which `peer` is one, have added to a request.
  ///
  /// A proxy that sets only one of `X-Forwarded-For` and `Forwarded` (RFC 7239) passes on a
  /// client's own line of the other, so when both are there and disagree, neither is used.
  init(_ head: RequestHead, _ bytes: Span<UInt8>, peer: Address, trusted: [Network]) {
    func read(_ field: ForwardingField) -> (client: Address, isSecure: Bool) {
      let client = head.forwardedClient(in: bytes, by: field) { bytes, range in
        guard let address = Address(bytes.text(range)) else { return false }
        return trusted.contains { $0.contains(address) }
      }
      let address = client.address.flatMap { Address(bytes.text($0)) }
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
    id = head.value(of: .xRequestID).map { Identifiers.given(bytes, $0) } ?? ""
  }
}
