internal import Synchronization
internal import System

/// How many confirmation messages may be asked for in an hour: from one network, and in all.
final class SubscriptionCaps: Sendable {
  private let perHour: Int
  private let perHourAndNetwork: Int
  /// Uptime in seconds and network of each that was let through in the last hour.
  private let passed = Mutex<[(uptime: Int64, network: String)]>([])

  init(perHour: Int, perHourAndNetwork: Int) {
    self.perHour = perHour
    self.perHourAndNetwork = perHourAndNetwork
  }

  /// Counts a request, or says that it is one too many.
  func admit(client: String, uptime: Int64) -> Bool {
    let network = Address.network(of: client, ipv4Bytes: 3)
    return passed.withLock { passed in
      passed.removeAll { uptime - $0.uptime >= 3600 }
      guard passed.count < perHour,
        passed.count(where: { $0.network == network }) < perHourAndNetwork
      else { return false }
      passed.append((uptime, network))
      return true
    }
  }
}
