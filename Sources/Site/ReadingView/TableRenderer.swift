import Markup

/// Renders a table with header cells, a caption and aligned numbers.
struct TableRenderer {
  struct Cell {
    let text: String
    /// The text with its highlights.
    let words: HTML
  }

  /// The caption, from the paragraph above the table.
  var caption: HTML?
  private var rows: [[Cell]] = []

  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// A scrolling box with the table; nil without rows.
  func html(label: String) -> HTML? {
    guard !rows.isEmpty else { return nil }
    let width = rows.map(\.count).max() ?? 1
    let headRows = headRowCount
    let body = rows.dropFirst(headRows)
    let isNumeric = (0..<width).map { column in
      let cells = body.compactMap { $0.count > column ? $0[column].text : nil }
        .filter { !$0.isEmpty }
      return !cells.isEmpty && 10 * cells.count(where: TableRenderer.isNumber) >= 7 * cells.count
    }
    // Names beside numbers are row headers.
    let hasRowHeads = headRows > 0 && !isNumeric[0] && isNumeric.contains(true)
    func render(_ row: [Cell], isHead: Bool) -> HTML {
      let padded = row.map(\.words) + Array(repeating: "", count: width - row.count)
      return """
        <tr>\(each: padded.enumerated(), { column, words in
          let style: HTML = isNumeric[column] ? " class=\"figure\"" : ""
          if isHead { return "<th scope=\"col\"\(style) dir=\"auto\">\(words)</th>" }
          if column == 0, hasRowHeads { return "<th scope=\"row\" dir=\"auto\">\(words)</th>" }
          return "<td\(style) dir=\"auto\">\(words)</td>"
        })</tr>

        """
    }
    return """
      <div class="scroller" tabindex="0" role="group" aria-label="\(label)"><table>
      \(caption, { "<caption dir=\"auto\">\($0)</caption>\n" })\
      \(if: headRows > 0, "<thead>\(each: rows.prefix(headRows), { render($0, isHead: true) })</thead>\n")\
      <tbody>\(each: body, { render($0, isHead: false) })</tbody></table></div>

      """
  }

  /// The most header rows.
  private static let mostHeadRows = 3

  /// The number of header rows: rows without numbers above the first row with numbers.
  ///
  /// Years count as column names. 0 if no row has numbers.
  private var headRowCount: Int {
    let first = rows.prefix(TableRenderer.mostHeadRows + 1).firstIndex { row in
      row.dropFirst().contains { TableRenderer.isNumber($0.text) && !TableRenderer.isYear($0.text) }
    }
    guard let first, first > 0, rows.count > first else { return 0 }
    // Most header cells are short and not empty.
    let heads = rows.prefix(first)
    guard heads.allSatisfy({ $0.allSatisfy { $0.text.utf8.count <= TableRenderer.longestHead } })
    else { return 0 }
    let width = rows.map(\.count).max() ?? 1
    let filled = rows[first - 1].count { !$0.text.isEmpty }
    return filled >= min(width, 2) && 2 * filled >= width ? first : 0
  }

  /// In bytes.
  private static let longestHead = 100

  static func isNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 24 else { return false }
    var digits = 0
    for scalar in text.unicodeScalars {
      if scalar.properties.numericType == .decimal {
        digits += 1
      } else if !" .,-–−+%‰$€£¥()/:\u{A0}\u{202F}*".unicodeScalars.contains(scalar) {
        return false
      }
    }
    return digits > 0 || ["–", "—", "-"].contains(text)
  }

  private static func isYear(_ text: String) -> Bool {
    text.utf8.count == 4 && Int(text).map { (1500...2199).contains($0) } == true
  }

  private static let longestCaption = 300

  /// Whether a text begins like a table caption: “Table 3.”, „Tabelle A-1:“.
  static func isCaption(_ text: String) -> Bool {
    guard text.utf8.count <= longestCaption else { return false }
    if ["表", "表格"].contains(where: { text.hasPrefix($0) }) {
      return text.dropFirst().first { $0 != " " }.map { $0.isNumber } ?? false
    }
    let words = text.split(separator: " ", maxSplits: 2)
    let names = [
      "table", "tabelle", "tabell", "tableau", "tabla", "tabela", "tabella", "tabel", "taulukko",
      "таблица", "exhibit",
    ]
    guard words.count > 1, names.contains(words[0].lowercased()) else { return false }
    // “Table 3”, “Table A-1”, “Table IV:”, but not a sentence about a table.
    return words[1].contains { $0.isNumber }
      || words[1].utf8.count <= 5 && words[1].allSatisfy { $0.isUppercase || ".:–-".contains($0) }
  }
}
