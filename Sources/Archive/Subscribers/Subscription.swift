/// What a subscriber follows.
package enum Followed: Sendable, Hashable {
  /// Every publication.
  case everything
  case topic(String)
  case author(String)
  case series(String)
  /// A saved search, as the query part of its address on the site: `q=korea&topic=Trade`.
  case search(String)
}

/// How often a subscriber hears of what they follow.
package enum Frequency: String, Sendable, CaseIterable {
  /// Within `mail-delay` of becoming public.
  case atOnce = "at-once"
  case weekly, monthly
}

/// One thing that a subscriber follows.
package struct Subscription: Sendable, Equatable {
  package let id: Int64
  package let followed: Followed
  package let frequency: Frequency

  package init(id: Int64, followed: Followed, frequency: Frequency) {
    self.id = id
    self.followed = followed
    self.frequency = frequency
  }
}
