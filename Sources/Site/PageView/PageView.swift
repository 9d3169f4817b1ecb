import Archive
import Markup

/// What the page with a drawn page shows.
struct PageView {
  let publication: Publication
  let file: StoredFile
  let form: PageForm
  /// The structure of the text; nil if none was extracted.
  let contents: FileContents?
  /// The number of pages.
  private(set) var count: Int
  private(set) var drawing: PageDrawing?
  private(set) var svg: CheckedSVG?
  /// The matches of the search; nil without one.
  var marks: [PageMark]?
  /// Why there is no drawing.
  var failure: DrawingFailure?

  init(
    _ publication: Publication, _ file: StoredFile, _ form: PageForm, _ contents: FileContents?
  ) {
    self.publication = publication
    self.file = file
    self.form = form
    self.contents = contents
    count = file.pages ?? form.page
  }

  mutating func show(_ drawing: PageDrawing, _ svg: CheckedSVG) {
    self.drawing = drawing
    self.svg = svg
    count = drawing.pageCount
  }

  func label(of page: Int) -> String { contents?.pageLabels[page] ?? "\(page)" }

  /// The pages of which there are small pictures.
  var nearby: ClosedRange<Int> {
    let first = max(1, min(form.page - 2, count - 4))
    return first...min(max(count, 1), first + 4)
  }

  /// The page with a label, or else at a position; nil if there is none.
  static func page(named name: String, in contents: FileContents?, count: Int?) -> Int? {
    let labelled = contents?.pageLabels.filter {
      $0.value.caseInsensitiveEquals(name)
    }.keys.min()
    if let labelled { return labelled }
    guard let number = Int(name), number > 0, number <= count ?? .max else { return nil }
    return number
  }
}

extension String {
  fileprivate func caseInsensitiveEquals(_ other: String) -> Bool {
    lowercased() == other.lowercased()
  }
}

extension DrawingFailure {
  /// The words for readers.
  var phrase: Phrase {
    switch self {
    case .noSuchPage, .unreadable: .drawingUnreadable
    case .tookTooLong: .drawingTookTooLong
    case .tooLarge: .drawingTooLarge
    case .crashed: .drawingCrashed
    case .notStarted: .drawingNotStarted
    }
  }
}

/// What readers are told that a drawing lacks.
enum MissingContent: CaseIterable {
  case pictures, patterns, colors, font, glyphs, annotations, rest, damaged

  /// Sorts the names that the drawing has.
  init(_ name: String) {
    switch name {
    case "jpeg2000", "jbig2", "jpeg-colors", "fax", "image": self = .pictures
    case "mesh-shading", "shading", "pattern": self = .patterns
    case "color-space", "soft-mask", "knockout", "overprint", "blend-mode": self = .colors
    case "font": self = .font
    case "glyphs": self = .glyphs
    case "annotation": self = .annotations
    case "damaged": self = .damaged
    default: self = .rest
    }
  }

  var phrase: Phrase {
    switch self {
    case .pictures: .missingPictures
    case .patterns: .missingPatterns
    case .colors: .missingColors
    case .font: .missingFont
    case .glyphs: .missingGlyphs
    case .annotations: .missingAnnotations
    case .rest: .missingRest
    case .damaged: .missingDamaged
    }
  }
}
