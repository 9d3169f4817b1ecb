import Archive
import Compression

/// The image beside shared links, a PNG of 1200 × 630 pixels: the first page if it is drawn, and
/// title, authors, site and year.
///
/// It uses a built-in stroke font, which has Latin letters only. A title in another script is left
/// out, because wrong letters would be worse: the image then shows the page, the site and the year.
struct ShareCard {
  static let width = 1200
  static let height = 630

  private static let margin = 72
  /// The distance between the text and the page.
  private static let gap = 56
  private static let ground = Color(red: 0xFB, green: 0xF8, blue: 0xF2)
  private static let ink = Color(red: 0x1F, green: 0x1D, blue: 0x1A)
  private static let border = Color(red: 0xCF, green: 0xC8, blue: 0xBA)
  /// The top of the page; a tall one continues below the image.
  private static let pageTop = 64
  /// The most bytes of the samples of a page's picture.
  private static let mostBytes = 16 << 20

  let png: [UInt8]

  /// - Parameters:
  ///   - record: What it shows.
  ///   - site: The site's name.
  ///   - accent: The site's colour.
  ///   - page: The first page as PNG; nil if there is none.
  init(_ record: Record, site: String, accent: Color, page: [UInt8]? = nil) {
    let picture = page.flatMap { PNGImage($0, limit: ShareCard.mostBytes) }
      .flatMap { $0.width <= ShareCard.width / 2 ? $0 : nil }
    let room = picture.map { $0.width + ShareCard.gap } ?? 0
    let text = TextColumn(
      measure: Double(ShareCard.width - 2 * ShareCard.margin - room), isNarrow: picture != nil)
    var raster = Raster(width: ShareCard.width, height: ShareCard.height)
    raster.fill(x: 0..<ShareCard.width, y: 0..<20, with: Raster.accent)
    raster.fill(
      x: ShareCard.margin..<ShareCard.margin + Int(text.measure), y: 534..<537,
      with: Raster.accent)
    text.draw(record, site: site, in: &raster)
    let palette = ShareCard.palette(accent: accent)
    var rgb: [UInt8] = []
    rgb.reserveCapacity(raster.pixels.count * 3)
    for pixel in raster.pixels {
      let color = palette[Int(pixel)]
      rgb.append(color.red)
      rgb.append(color.green)
      rgb.append(color.blue)
    }
    if let picture { ShareCard.add(picture, to: &rgb) }
    png = PNGWriter.file(ofRGB: rgb, width: ShareCard.width)
  }

  /// From the background to the text colour, and the accent colour.
  private static func palette(accent: Color) -> [Color] {
    (0...Raster.solid).map { step in
      func mixed(_ from: UInt8, _ to: UInt8) -> UInt8 {
        UInt8(Int(from) + (Int(to) - Int(from)) * step / Raster.solid)
      }
      return Color(
        red: mixed(ground.red, ink.red), green: mixed(ground.green, ink.green),
        blue: mixed(ground.blue, ink.blue))
    } + [accent]
  }

  // MARK: The page

  /// Adds the page at the right margin, with a border and a shadow.
  private static func add(_ page: PNGImage, to rgb: inout [UInt8]) {
    let left = width - margin - page.width
    let room = height - pageTop
    // A page that is not cut off is in the middle of the height.
    let top = page.height < room - pageTop ? (height + 20 - page.height) / 2 : pageTop
    for step in 1...6 {
      let reach = 7 - step
      shade(
        x: left - reach..<left + page.width + reach,
        y: top + 4 - reach..<top + page.height + 4 + reach,
        to: &rgb)
    }
    for y in top - 1..<min(top + page.height + 1, height) {
      let isEdge = y < top || y >= top + page.height
      let row = isEdge ? [] : page.row(y - top)
      for x in left - 1..<left + page.width + 1 {
        let place = (y * width + x) * 3
        if isEdge || x < left || x >= left + page.width {
          (rgb[place], rgb[place + 1], rgb[place + 2]) = (border.red, border.green, border.blue)
        } else {
          let source = (x - left) * 4
          for channel in 0..<3 { rgb[place + channel] = row[source + channel] }
        }
      }
    }
  }

  /// Darkens a rectangle a little.
  private static func shade(x: Range<Int>, y: Range<Int>, to rgb: inout [UInt8]) {
    for row in y.clamped(to: 0..<height) {
      for column in x.clamped(to: 0..<width) {
        let place = (row * width + column) * 3
        for channel in place..<place + 3 { rgb[channel] = UInt8(Int(rgb[channel]) * 98 / 100) }
      }
    }
  }

  // MARK: The text

  /// The column of text at the left margin.
  private struct TextColumn {
    let measure: Double
    /// Whether the page is beside it.
    let isNarrow: Bool

    /// The sizes of the title, the largest first, and how many lines there may be at each.
    private var titleScales: [(scale: Double, mostLines: Int)] {
      isNarrow
        ? [(4.2, 3), (3.6, 4), (3.1, 5), (2.6, 6), (2.2, 7)]
        : [(5.2, 3), (4.4, 3), (3.8, 4), (3.2, 5), (2.7, 6)]
    }

    func draw(_ record: Record, site: String, in raster: inout Raster) {
      let year = "\(record.published.year)"
      if StrokeText.canDraw(record.title) {
        foot(site, year, in: &raster)
        head(record, in: &raster)
      } else {
        foot("", year, in: &raster)
        let words = StrokeText.canDraw(site) ? site : year
        let text = StrokeText(words, scales: [(5.6, 2), (4.4, 3), (3.4, 4)], width: measure)
        text.draw(
          in: &raster, x: Double(margin), baseline: 110 + 14 * text.scale, weight: 2.1)
      }
    }

    private func head(_ record: Record, in raster: inout Raster) {
      let title = StrokeText(record.title, scales: titleScales, width: measure)
      let top = 76 + 16 * title.scale
      title.draw(in: &raster, x: Double(margin), baseline: top, weight: 2.1)
      guard let authors = authors(of: record) else { return }
      let end = top + Double(title.lines.count - 1) * title.leading
      let names = StrokeText(authors, scales: [(2.2, 1), (1.9, 2)], width: measure)
      names.draw(
        in: &raster, x: Double(margin),
        baseline: min(end + 80, names.lines.count > 1 ? 466 : 490), weight: 1.6)
    }

    /// As many names as fit; nil if none can be drawn.
    private func authors(of record: Record) -> String? {
      let names = record.authors.map { AuthorName($0).text }
      let shown = names.count > 4 ? Array(names.prefix(3)) : names
      let rest = names.count - shown.count
      let text = shown.joined(separator: ", ") + (rest > 0 ? " + \(rest)" : "")
      return StrokeText.canDraw(text) ? text : nil
    }

    private func foot(_ site: String, _ year: String, in raster: inout Raster) {
      let scale = 2.0
      let yearWidth = StrokeText.width(year, scale: scale)
      StrokeText(year, scales: [(scale, 1)], width: measure).draw(
        in: &raster, x: Double(margin) + measure - yearWidth, baseline: 588, weight: 1.7)
      guard StrokeText.canDraw(site) else { return }
      StrokeText(site, scales: [(scale, 1), (1.6, 1)], width: measure - yearWidth - 40).draw(
        in: &raster, x: Double(margin), baseline: 588, weight: 1.7)
    }
  }
}
