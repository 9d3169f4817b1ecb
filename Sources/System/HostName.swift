import CLinux
import Glibc

extension Address {
  /// The addresses of a host by its name, or the one that the text is; empty for an unknown name.
  ///
  /// It asks the system's resolver, which may block for some seconds.
  package static func addresses(ofHost name: String) -> [Address] {
    if let address = Address(name) { return [address] }
    // Unsafe: the system makes a list of structures, each with an address of the length beside it;
    // the list is read and freed here.
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
    defer { unsafe freeaddrinfo(first) }
    var addresses: [Address] = []
    var next = unsafe first
    while let entry = unsafe next {
      let length = unsafe Int(entry.pointee.ai_addrlen)
      if let bytes = unsafe entry.pointee.ai_addr, length <= MemoryLayout<sockaddr_storage>.size {
        var storage = sockaddr_storage()
        unsafe withUnsafeMutableBytes(of: &storage) {
          unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: length))
        }
        if let found = SocketAddress(storage)?.address, !addresses.contains(found) {
          addresses.append(found)
        }
      }
      unsafe next = entry.pointee.ai_next
    }
    return addresses
  }
}
