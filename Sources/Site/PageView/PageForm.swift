import Archive
import Synchronization

/// The query of a drawn page.
struct PageForm: Equatable {
  let slug: Slug
  /// From 1.
  var page: Int
  /// The words of the search that led here, which are marked.
  var words: String?
  /// What was typed into the field for a page: its label or its position.
  var wanted: String?

  init(_ slug: Slug, page: Int, _ query: Query = Query(nil)) {
    self.slug = slug
    self.page = page
    words = query.text("q")
    wanted = query.text("page")
  }

  /// A page that a search for words has found; empty words are none.
  init(_ slug: Slug, page: Int, words: String) {
    self.init(slug, page: page)
    self.words = words.isEmpty ? nil : words
  }

  var address: String { Query.address(.page(slug, page), [("q", words)]) }

  /// The page without marks.
  var withoutWords: PageForm {
    var other = self
    other.words = nil
    return other
  }

  /// Another page, with the same words.
  func on(page: Int) -> PageForm {
    var other = self
    other.page = page
    return other
  }
}

/// The paths of drawings that are stored, as far as is known: requests for them cost no more than a
/// page.
struct DrawnPaths {
  private var paths: Set<String> = []
  /// How many times drawings had been removed when the first path was noted.
  private var removals = 0
  private static let most = 50_000

  func contains(_ path: String, removals: Int) -> Bool {
    removals == self.removals && paths.contains(path)
  }

  mutating func insert(_ path: String, removals: Int) {
    if removals != self.removals || paths.count >= Self.most {
      paths.removeAll()
      self.removals = removals
    }
    paths.insert(path)
  }
}

extension Site {
  /// Whether the drawing at a path is stored, as far as is known.
  func isDrawn(_ path: String) -> Bool {
    let removals = archive.options.drawings?.removals ?? 0
    return drawnPaths.withLock { $0.contains(path, removals: removals) }
  }

  func noteDrawn(_ path: String) {
    let removals = archive.options.drawings?.removals ?? 0
    drawnPaths.withLock { $0.insert(path, removals: removals) }
  }
}
