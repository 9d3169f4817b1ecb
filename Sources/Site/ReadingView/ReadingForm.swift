import Archive

/// The query of the reading view.
struct ReadingForm: Equatable {
  let slug: Slug
  /// A page, counted from 1, of the part of a long text to show.
  var page: Int
  /// The words of the search that led here, which are highlighted.
  var words: String?
  /// The text to find in the whole document.
  var sought: String?

  init(_ slug: Slug, _ query: Query = Query(nil)) {
    self.slug = slug
    page = query.number("page", in: 1...1_000_000) ?? 1
    words = query.text("q")
    sought = query.text("find")
  }

  var isMarked: Bool { words != nil || sought != nil }

  var address: String {
    Query.address(
      .reading(slug),
      [("q", words), ("find", sought), ("page", page > 1 ? String(page) : nil)])
  }

  /// The part with a page, with the same highlights.
  func on(page: Int) -> ReadingForm {
    var other = self
    other.page = page
    return other
  }
}
