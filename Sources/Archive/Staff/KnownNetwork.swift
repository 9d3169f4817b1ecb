internal import SQLite
internal import System

/// The networks in which accounts have signed in, and the browsers.
enum KnownNetwork {
  /// The number of networks, and of browsers, stored for each account; the ones used last are kept.
  private static let mostPerAccount = 20

  /// A /24 of IPv4 or a /48 of IPv6, as an office or a household usually has.
  static func of(_ client: String) -> String {
    Address.network(of: client, ipv4Bytes: 3, ipv6Bytes: 6)
  }

  /// The same network as people write it, such as `192.0.2.0/24`; any other text is its own.
  static func name(of client: String) -> String {
    guard let address = Address(client) else { return client }
    return address.isIPv4
      ? "\(Address(high: address.high, low: address.low & ~0xFF))/24"
      : "\(Address(high: address.high & ~0xFFFF, low: 0))/48"
  }

  static func note(
    _ network: String, _ browser: String, of account: Account, at now: Instant,
    in connection: Connection
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
    try connection.run(
      """
      INSERT INTO known_browser (staff, browser, used)
      VALUES (\(account.id), \(browser), \(now.secondsSince1970))
      ON CONFLICT DO UPDATE SET used = excluded.used
      """)
    try connection.run(
      """
      DELETE FROM known_browser WHERE staff = \(account.id) AND browser NOT IN (
        SELECT browser FROM known_browser WHERE staff = \(account.id)
        ORDER BY browser = \(browser) DESC, used DESC LIMIT \(mostPerAccount))
      """)
  }

  /// Whether an account that has signed in before has not done so from here, or with this browser.
  static func isNew(
    _ network: String, _ browser: String, of account: Account, in connection: Connection
  ) throws -> Bool {
    try connection.row(
      """
      SELECT EXISTS (SELECT 1 FROM known_network WHERE staff = \(account.id))
        AND NOT (
          EXISTS (SELECT 1 FROM known_network
            WHERE staff = \(account.id) AND network = \(network))
          AND EXISTS (SELECT 1 FROM known_browser
            WHERE staff = \(account.id) AND browser = \(browser)))
      """
    ) { $0.integer(0) != 0 } ?? false
  }
}
