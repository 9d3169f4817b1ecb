import Archive
import Markup

/// The cover of a publication: an SVG made from its record.
///
/// The colours depend on the topic and the figure on the type, so related covers look alike. The
/// title decides the rest. The same record always gives the same cover.
struct Cover {
  private let record: Record
  /// The text at the top.
  private let label: String
  /// The text at the bottom.
  private let publisher: String
  private let inks: Inks
  private let seed: UInt64

  /// Two colours.
  struct Inks: Sendable {
    let ground: Color
    /// The colour of the text.
    let text: Color
    /// The colour of the figure.
    var figure: Color { ground.mixed(with: text, hundredths: 28) }
  }

  static let width = 300
  static let height = 400
  private static let margin = 26
  private static let titleLeading = 1.14
  private static let authorLeading = 1.3
  private var measure: Double { Double(Cover.width - 2 * Cover.margin) }

  /// - Parameters:
  ///   - record: The record.
  ///   - words: The language of the type's name.
  ///   - publisher: The name at the bottom.
  init(_ record: Record, in words: Language, publisher: String) {
    self.record = record
    self.publisher = publisher
    label = words.series(record) ?? words.name(of: record.typeName)
    seed = Cover.hash(record.title)
    let group = record.topics.first ?? record.series ?? record.type.rawValue
    inks = Cover.inks[Int(Cover.hash(group) % UInt64(Cover.inks.count))]
  }

  /// Their contrast is high (WCAG 2.2 §1.4.3).
  static let inks = [
    ("#7a2a1c", "#fbf3e6"), ("#1f3350", "#f3efe4"), ("#234536", "#f2efdf"), ("#e3c67b", "#2a2210"),
    ("#4a2a4a", "#f6ecf2"), ("#1f4a52", "#eef3ee"), ("#efe8d8", "#24201a"), ("#d9b8a0", "#2c1a12"),
    ("#33363d", "#f4f0e6"), ("#b9c7b5", "#1c2a20"),
  ].compactMap { ground, text in
    Color(ground).flatMap { ground in Color(text).map { Inks(ground: ground, text: $0) } }
  }

  /// FNV-1a, which does not vary between runs.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
  }

  /// The cover as a file.
  var svg: XML {
    """
    <?xml version="1.0" encoding="utf-8"?>
    \(element(
      named: "<title>\(record.title)</title>\n",
      attributes: " xmlns=\"http://www.w3.org/2000/svg\""))

    """
  }

  /// The cover in a page, where its words are beside it already.
  var html: HTML { HTML(svg: element(attributes: " class=\"cover\" aria-hidden=\"true\"")) }

  private func element(named name: XML = "", attributes: XML = "") -> XML {
    let names =
      record.authors.prefix(4).joined(separator: ", ")
      + (record.authors.count > 4 ? " …" : "")
    let authors = CoverText(
      names, sizes: [14, 13, 12], width: measure, height: 38, leading: Cover.authorLeading)
    // The space for the title, depending on whether authors follow.
    let room = authors.lines.isEmpty ? 204 : 182 - 18 * (authors.lines.count - 1)
    let title = CoverText(
      record.title, sizes: [36, 32, 28, 25, 22, 19, 17, 15, 13], width: measure,
      height: Double(room), leading: Cover.titleLeading)
    let top = 146 + title.size
    let end = top + Int(Double(title.size * (title.lines.count - 1)) * Cover.titleLeading)
    return """
      <svg viewBox="0 0 \(Cover.width) \(Cover.height)" \
      width="\(Cover.width)" height="\(Cover.height)"\(attributes)>
      \(name)\
      <rect width="\(Cover.width)" height="\(Cover.height)" fill="\(inks.ground)"/>
      \(figure)
      <g fill="\(inks.text)" font-family="Palatino, 'Palatino Linotype', 'Noto Serif', \
      'Liberation Serif', serif">
      \(lines(title, at: top, leading: Cover.titleLeading))\
      \(lines(authors, at: end + 30, leading: Cover.authorLeading))\
      </g>
      <g fill="\(inks.text)" font-family="'Helvetica Neue', 'Noto Sans', 'Liberation Sans', \
      Arial, sans-serif" font-size="11">
      \(line(shortened(label, size: 11, share: 1), at: 32))\
      <rect x="\(Cover.margin)" y="366" width="\(Cover.width - 2 * Cover.margin)" height="1"/>
      \(line(shortened(publisher, size: 11, share: 0.8), at: 384))\
      <text x="\(Cover.width - Cover.margin)" y="384" text-anchor="end">\
      \(record.published.year)</text>
      </g>
      </svg>
      """
  }

  private func lines(_ text: CoverText, at top: Int, leading: Double) -> XML {
    let attributes: XML = " font-size=\"\(text.size)\""
    return """
      \(each: text.lines.enumerated(), { number, words in
        line(words, at: top + Int(Double(text.size * number) * leading), attributes)
      })
      """
  }

  private func line(_ line: CoverText.Line?, at baseline: Int, _ attributes: XML = "") -> XML {
    guard let line else { return "" }
    let isReversed = CoverText.isRightToLeft(line.text)
    let start = isReversed ? Cover.width - Cover.margin : Cover.margin
    return """
      <text x="\(start)" y="\(baseline)"\(attributes)\
      \(line.width, { " textLength=\"\(tenths($0))\" lengthAdjust=\"spacingAndGlyphs\"" })\
      \(if: isReversed, " direction=\"rtl\"")>\(line.text)</text>

      """
  }

  private func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func shortened(_ text: String, size: Int, share: Double) -> CoverText.Line? {
    CoverText(text, sizes: [size], width: measure * share, height: Double(size), leading: 1)
      .lines.first
  }

  // MARK: The figure

  /// The figure between the label and the title.
  private var figure: XML {
    switch record.type {
    case .report, .other: rules
    case .policyPaper, .brief: steps
    case .workingPaper, .dataset: points
    case .article, .chapter: waves
    case .book, .proceedings, .thesis: arcs
    }
  }

  /// A number below `limit` that depends on the title and a place.
  private func chance(_ place: Int, below limit: Int) -> Int {
    var mixed = seed &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return Int((mixed ^ (mixed >> 27)) % UInt64(limit))
  }

  private var rules: XML {
    """
    <path fill="\(inks.figure)" d="\(each: 0..<7, { row in
      "M26 \(54 + row * 11)h\(40 + chance(row, below: 208))v5H26z"
    })"/>
    """
  }

  private var steps: XML {
    """
    <path fill="\(inks.figure)" d="\(each: 0..<8, { column in
      "M\(26 + column * 31) 130v-\(8 + chance(column, below: 70))h28V130z"
    })"/>
    """
  }

  /// Points are lines of zero length with round ends.
  private var points: XML {
    let sizes = (0..<55).map { 2 + chance($0, below: 6) }
    return """
      <g stroke="\(inks.figure)" stroke-linecap="round">
      \(each: Set(sizes).sorted(), { size in
        """
        <path stroke-width="\(2 * size)" d="\(each: sizes.indices.filter { sizes[$0] == size }, { place in
          "M\(34 + place % 11 * 23) \(60 + place / 11 * 17)h0"
        })"/>

        """
      })\
      </g>
      """
  }

  private var waves: XML {
    """
    <path fill="\(inks.figure)" d="\(each: 0..<4, { row in
      let (y, rise) = (64 + row * 18, 6 + chance(row, below: 16))
      return """
        M26 \(y)q31-\(rise) 62 0t62 0t62 0t62 0v5q-31-\(rise)-62 0t-62 0t-62 0t-62 0z
        """
    })"/>
    """
  }

  private var arcs: XML {
    let middle = 90 + chance(0, below: 120)
    return """
      <path fill="none" stroke="\(inks.figure)" stroke-width="5" d="\(each: 0..<6, { ring in
        let radius = 14 + ring * 13
        return "M\(middle - radius) 132a\(radius) \(radius) 0 0 1 \(2 * radius) 0"
      })"/>
      """
  }
}
