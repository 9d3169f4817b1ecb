internal import Foundation
internal import SQLite

extension Connection {
  /// Lets subscriptions to names of an entry follow its new name, saved searches too.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - keys: The keys of the names.
  ///   - names: The names themselves.
  ///   - name: The name that takes their place.
  /// - Throws: What the database throws.
  func carrySubscriptions(
    in list: NameList, from keys: Set<String>, names: [String], to name: String
  ) throws(SQLiteError) {
    guard let kind = list.subscriptionKind else { return }
    let names = Set(names)
    // Any spelling of an author is the author; topics and series are followed as they are written.
    func isMeant(_ value: String) -> Bool {
      value != name && (list == .authors ? keys.contains(list.key(value)) : names.contains(value))
    }
    let plain = try rows("SELECT id, value FROM subscription WHERE kind = \(kind)") {
      (id: $0.integer(0), value: $0.text(1))
    }
    for subscription in plain where isMeant(subscription.value) {
      try setFollowed(name, of: subscription.id)
    }
    guard list != .series else { return }
    let searches = try rows(
      "SELECT id, value FROM subscription WHERE kind = 'search' AND instr(value, \(kind + "=")) > 0"
    ) { (id: $0.integer(0), value: $0.text(1)) }
    for subscription in searches {
      let pairs = subscription.value.split(separator: "&").map { pair in
        guard pair.hasPrefix("\(kind)="),
          let value = SavedSearch.decoded(pair.dropFirst(kind.utf8.count + 1)), isMeant(value)
        else { return String(pair) }
        return "\(kind)=\(SavedSearch.encoded(name))"
      }
      let value = pairs.joined(separator: "&")
      if value != subscription.value { try setFollowed(value, of: subscription.id) }
    }
  }

  /// Changes what a subscription follows.
  ///
  /// If the subscriber follows that already, the two become
  /// one, which misses nothing: what was announced to them once is not announced again.
  private func setFollowed(_ value: String, of id: Int64) throws(SQLiteError) {
    let other = try row(
      """
      SELECT other.id, other.considered NOT NULL, own.considered NOT NULL
      FROM subscription AS own JOIN subscription AS other
        ON other.subscriber = own.subscriber AND other.kind = own.kind
      WHERE own.id = \(id) AND other.value = \(value) AND other.id <> own.id
      """
    ) { (id: $0.integer(0), isConfirmed: $0.integer(1) != 0, isOwnConfirmed: $0.integer(2) != 0) }
    guard let other else {
      try run("UPDATE subscription SET value = \(value) WHERE id = \(id)")
      return
    }
    if other.isConfirmed || !other.isOwnConfirmed {
      try run(
        """
        UPDATE subscription SET considered = min(considered, ifnull(
          (SELECT considered FROM subscription WHERE id = \(id)), considered))
        WHERE id = \(other.id)
        """)
      try run("DELETE FROM subscription WHERE id = \(id)")
    } else {
      try run("DELETE FROM subscription WHERE id = \(other.id)")
      try run("UPDATE subscription SET value = \(value) WHERE id = \(id)")
    }
  }
}

extension SavedSearch {
  /// A value as a form sends it (WHATWG URL §5.2).
  static func encoded(_ value: String) -> String {
    var plain = CharacterSet()
    plain.insert(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._ ")
    return (value.addingPercentEncoding(withAllowedCharacters: plain) ?? value)
      .replacing(" ", with: "+")
  }
}
