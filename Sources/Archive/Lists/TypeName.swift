/// The type of a publication as it is stored: a built-in type, on which formats depend, or a type
/// of the site that is based on one.
///
/// `working-paper`, or `working-paper:occasional-paper`. Who knows only the built-in types sees the
/// first part.
package struct TypeName: Sendable, Hashable {
  package let base: PublicationType
  /// Names a type of the site; nil for the built-in type itself.
  package let own: Slug?

  package init(_ base: PublicationType, own: Slug? = nil) {
    self.base = base
    self.own = own
  }

  package init?(rawValue: String) {
    let parts = rawValue.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let base = PublicationType(rawValue: String(parts[0])) else { return nil }
    self.base = base
    guard parts.count > 1 else {
      own = nil
      return
    }
    guard let slug = Slug(parts[1]) else { return nil }
    own = slug
  }

  package var rawValue: String { own.map { "\(base.rawValue):\($0)" } ?? base.rawValue }
}

extension Record {
  /// The type with the site's own one.
  package var typeName: TypeName {
    get { TypeName(type, own: ownType) }
    set { (type, ownType) = (newValue.base, newValue.own) }
  }
}
