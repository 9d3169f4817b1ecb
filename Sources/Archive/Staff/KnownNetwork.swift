internal import SQLite
internal import System

/// The networks in which accounts have signed in.
enum KnownNetwork {
  /// The number of networks stored for each account; the ones used last are kept.
  private static let mostPerAccount = 20

  /// A /24 of IPv4 or a /48 of IPv6, as an office or a household usually has.
  static func of(_ client: String) -> String {
    Address.network(of: client, ipv4Bytes: 3, ipv6Bytes: 6)
  }

  static func note(
    _ network: String, of account: Account, at now: Instant, in connection: Connection
  ) throws {
    try connection.run(
      """
      INSERT INTO known_network (staff, network, used)
      VALUES (\(account.id), \(network), \(now.secondsSince1970))
      ON CONFLICT DO UPDATE SET used = excluded.used
      """)
    try connection.run(
      """
      DELETE FROM known_network WHERE staff = \(account.id) AND network NOT IN (
        SELECT network FROM known_network WHERE staff = \(account.id)
        ORDER BY network = \(network) DESC, used DESC LIMIT \(mostPerAccount))
      """)
  }
}
