import Glibc

/// A system call that failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  package let call: String
  package let number: Int32

  package init(call: String, number: Int32) {
    self.call = call
    self.number = number
  }

  /// The call that has just failed on this thread.
  init(_ call: String) { self.init(call: call, number: errno) }

  package var isAddressInUse: Bool { number == EADDRINUSE }
  package var isNotPermitted: Bool { number == EACCES || number == EPERM }
  package var isAddressNotLocal: Bool { number == EADDRNOTAVAIL }

  package var description: String {
    "\(call) failed: \(errorDescription(number))"
  }
}
