/// The publications that one message announces to one subscriber.
package struct Digest: Sendable {
  /// Publications with the subscription that they match.
  package struct Group: Sendable {
    package let followed: Followed
    /// Newest first; each publication is in one group of a digest only.
    package let publications: [Publication]

    package init(followed: Followed, publications: [Publication]) {
      self.followed = followed
      self.publications = publications
    }
  }

  package let subscriber: Int64
  /// The language tag of the message; nil is the site's language.
  package let language: String?
  package let frequency: Frequency
  /// Not empty.
  package let groups: [Group]

  package init(subscriber: Int64, language: String?, frequency: Frequency, groups: [Group]) {
    self.subscriber = subscriber
    self.language = language
    self.frequency = frequency
    self.groups = groups
  }
}
