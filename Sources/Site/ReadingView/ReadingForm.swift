import Archive

/// What a reader asks for in the reading view.
struct ReadingForm: Equatable {
  let slug: Slug
  /// A page, counted from 1, of the part of a long text that is shown.
  var page: Int
  /// The words of the search that led here; they are marked.
  var words: String?
  /// What to find in the whole text.
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

  /// The part with a page, and what is marked in it.
  func on(page: Int) -> ReadingForm {
    var other = self
    other.page = page
    return other
  }
}
