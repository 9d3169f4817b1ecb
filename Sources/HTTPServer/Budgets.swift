import HTTP

/// What a client may ask for so and so often; each kind is counted for itself.
package enum Budget: Int, Sendable, CaseIterable {
  case page, search, signIn
  /// What sends mail, or ends in a message to somebody.
  case mailingList
}

extension ServerConfiguration {
  /// How often a client may ask: a bucket of `burst` tokens, filled at a steady rate.
  package struct Rate: Sendable, Equatable {
    package var perSecond: Double
    package var burst: Double

    package init(perSecond: Double, burst: Double) {
      self.perSecond = max(0.001, perSecond)
      self.burst = max(1, burst)
    }
  }
}

/// The token buckets of the clients of one loop.
///
/// A client's connections are spread over the loops and each loop counts for itself, so no lock is
/// shared; a client with many connections may have so many times the rate as there are loops.
struct Budgets {
  private struct Account {
    var tokens: InlineArray<4, Double>
    /// When `tokens` was right; nanoseconds.
    var at: Int64
  }

  /// Clients remembered; those whose buckets are full again are forgotten first.
  static let capacity = 50_000

  private let rates: [ServerConfiguration.Rate?]
  private var accounts: [Address: Account] = [:]
  let isEmpty: Bool

  /// Clients remembered now.
  var count: Int { accounts.count }

  init(_ rates: [Budget: ServerConfiguration.Rate]) {
    self.rates = Budget.allCases.map { rates[$0] }
    isEmpty = rates.isEmpty
  }

  /// Takes a token.
  ///
  /// - Parameters:
  ///   - budget: From which bucket.
  ///   - client: Whose; of IPv6 all of a /64 are one client.
  ///   - now: Nanoseconds.
  /// - Returns: Nil, or the seconds until there is a token when the bucket is empty.
  mutating func draw(_ budget: Budget, for client: Address, now: Int64) -> Int? {
    guard let rate = rates[budget.rawValue] else { return nil }
    let key = client.subscriber
    var account = accounts[key] ?? newAccount(now)
    refill(&account, now)
    let tokens = account.tokens[budget.rawValue]
    let isGranted = tokens >= 1
    if isGranted { account.tokens[budget.rawValue] = tokens - 1 }
    accounts[key] = account
    if accounts.count > Self.capacity { forget(now) }
    return isGranted ? nil : Int(min(3600, ((1 - tokens) / rate.perSecond).rounded(.up)))
  }

  private func newAccount(_ now: Int64) -> Account {
    var tokens = InlineArray<4, Double>(repeating: 0)
    for budget in Budget.allCases { tokens[budget.rawValue] = rates[budget.rawValue]?.burst ?? 0 }
    return Account(tokens: tokens, at: now)
  }

  private func refill(_ account: inout Account, _ now: Int64) {
    let seconds = Double(max(0, now - account.at)) / 1e9
    account.at = now
    for index in rates.indices {
      guard let rate = rates[index] else { continue }
      account.tokens[index] = min(rate.burst, account.tokens[index] + seconds * rate.perSecond)
    }
  }

  private mutating func forget(_ now: Int64) {
    accounts = accounts.filter { entry in
      var account = entry.value
      refill(&account, now)
      return rates.indices.contains { index in
        rates[index].map { account.tokens[index] < $0.burst } ?? false
      }
    }
    // So many clients at once: remembering them would take more than letting them be.
    if accounts.count > Self.capacity / 2 { accounts.removeAll(keepingCapacity: true) }
  }
}
