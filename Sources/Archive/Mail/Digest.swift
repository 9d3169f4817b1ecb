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
  /// What an editor tells about a corrected publication, which is then the only one; nil in a
  /// digest of new publications.
  package let correction: String?

  package init(
    subscriber: Int64, language: String?, frequency: Frequency, groups: [Group],
    correction: String? = nil
  ) {
    self.subscriber = subscriber
    self.language = language
    self.frequency = frequency
    self.groups = groups
    self.correction = correction
  }

  package var publications: [Publication] { groups.flatMap(\.publications) }
}
