import Archive

/// The image beside shared links: title, authors and site, as a PNG of 1200 × 630 pixels.
///
/// It uses a built-in stroke font, which has Latin letters only. A title in another script is left
/// out, because wrong letters would be worse: the image then shows the site and the year.
struct ShareCard {
  static let width = 1200
  static let height = 630

  private static let margin = 84
  private static let measure = Double(width - 2 * margin)
  private static let ground = Color(red: 0xFB, green: 0xF8, blue: 0xF2)
  private static let ink = Color(red: 0x1F, green: 0x1D, blue: 0x1A)

  let png: [UInt8]

  /// - Parameters:
  ///   - record: What it shows.
  ///   - site: The site's name.
  ///   - accent: The site's colour.
  init(_ record: Record, site: String, accent: Color) {
    var raster = Raster(width: ShareCard.width, height: ShareCard.height)
    raster.fill(x: 0..<ShareCard.width, y: 0..<20, with: Raster.accent)
    raster.fill(
      x: ShareCard.margin..<ShareCard.width - ShareCard.margin, y: 534..<537, with: Raster.accent)
    let year = "\(record.published.year)"
    if StrokeText.canDraw(record.title) {
      ShareCard.foot(site, year, in: &raster)
      ShareCard.head(record, in: &raster)
    } else {
      ShareCard.foot("", year, in: &raster)
      let words = StrokeText.canDraw(site) ? site : year
      let text = StrokeText(
        words, scales: [(5.6, 2), (4.4, 3), (3.4, 4)], width: ShareCard.measure)
      text.draw(
        in: &raster, x: Double(ShareCard.margin), baseline: 110 + 14 * text.scale, weight: 2.1)
    }
    png = PNG.bytes(
      raster.pixels, width: ShareCard.width, palette: ShareCard.palette(accent: accent))
  }

  private static func head(_ record: Record, in raster: inout Raster) {
    let authors = ShareCard.authors(of: record)
    let title = StrokeText(
      record.title, scales: [(5.2, 3), (4.4, 3), (3.8, 4), (3.2, 5), (2.7, 6)], width: measure)
    let top = 76 + 16 * title.scale
    title.draw(in: &raster, x: Double(margin), baseline: top, weight: 2.1)
    guard let authors else { return }
    let end = top + Double(title.lines.count - 1) * title.leading
    let names = StrokeText(authors, scales: [(2.2, 1), (1.9, 2)], width: measure)
    names.draw(
      in: &raster, x: Double(margin),
      baseline: min(end + 80, names.lines.count > 1 ? 466 : 490), weight: 1.6)
  }

  /// As many names as fit; nil if none can be drawn.
  private static func authors(of record: Record) -> String? {
    let names = record.authors.map { AuthorName($0).text }
    let shown = names.count > 4 ? Array(names.prefix(3)) : names
    let rest = names.count - shown.count
    let text = shown.joined(separator: ", ") + (rest > 0 ? " + \(rest)" : "")
    return StrokeText.canDraw(text) ? text : nil
  }

  private static func foot(_ site: String, _ year: String, in raster: inout Raster) {
    let scale = 2.0
    let yearWidth = StrokeText.width(year, scale: scale)
    StrokeText(year, scales: [(scale, 1)], width: measure).draw(
      in: &raster, x: Double(width - margin) - yearWidth, baseline: 588, weight: 1.7)
    guard StrokeText.canDraw(site) else { return }
    StrokeText(site, scales: [(scale, 1)], width: measure - yearWidth - 60).draw(
      in: &raster, x: Double(margin), baseline: 588, weight: 1.7)
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
}
