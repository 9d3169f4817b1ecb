import Archive
import Markup

/// Use over time as bars: all views, and in front of them those of the full text.
struct UsageChart {
  struct Bar {
    /// A day, a month or a year in the reader's language.
    var name: String
    var uses: Uses
  }

  var bars: [Bar]

  /// The width of a bar in units of the drawing, with the gap that follows it.
  private static let step = 10
  private static let height = 100

  /// The drawing, described by a sentence; the numbers are in a table beside it.
  func drawing(label: String) -> HTML {
    let most = max(1, bars.map(\.uses.investigations).max() ?? 1)
    return """
      <svg class="bars" viewBox="0 0 \(max(1, bars.count) * Self.step) \(Self.height)" \
      preserveAspectRatio="none" role="img" aria-label="\(label)">
      \(each: bars.enumerated(), { place, bar in
        rectangle(bar.uses.investigations, of: most, at: place, "views")
          + rectangle(bar.uses.requests, of: most, at: place, "reads")
      })\
      </svg>
      """
  }

  private func rectangle(_ count: Int, of most: Int, at place: Int, _ name: String) -> HTML {
    guard count > 0 else { return "" }
    let height = max(2, min(count, most) * Self.height / most)
    return """
      <rect class="\(name)" x="\(place * Self.step + 1)" y="\(Self.height - height)" \
      width="\(Self.step - 2)" height="\(height)"/>

      """
  }
}

extension Pages {
  /// The bars of all months of a period, also of those without use.
  func chart(of usage: MonthlyUses, from first: Month, through last: Month) -> UsageChart {
    let uses = Dictionary(
      usage.months.map { ($0.month, $0.uses) }, uniquingKeysWith: { first, _ in first })
    let months = sequence(first: first) { $0 < last ? $0.adding(months: 1) : nil }
    return UsageChart(
      bars: months.map { month in
        UsageChart.Bar(
          name: PublicationDate(month.description).map(words.date) ?? month.description,
          uses: uses[month] ?? Uses())
      })
  }

  /// A chart with its sum as the caption and its numbers in a folded table.
  ///
  /// - Parameters:
  ///   - chart: The bars, the earliest first.
  ///   - title: The heading.
  ///   - id: Of the heading.
  ///   - column: What a bar is: a day, a month or a year.
  /// - Returns: A section.
  func usage(_ chart: UsageChart, title: String, id: String, column: Phrase) -> HTML {
    let total = chart.bars.reduce(into: Uses()) { $0 += $1.uses }
    let sentence = words(
      .usesInAll, words.count(.view, total.investigations),
      words.count(.fullReading, total.requests))
    guard let first = chart.bars.first, let last = chart.bars.last, total.investigations > 0 else {
      return """
        <section class="usage stack">
        <h2 id="\(id)">\(title)</h2>
        <p class="small">\(words[.nothingCountedYet])</p>
        </section>
        """
    }
    return """
      <section class="usage stack">
      <h2 id="\(id)">\(title)</h2>
      <p class="small">\(sentence)</p>
      <p class="small chart-key" aria-hidden="true"><span class="views">\(words[.views])</span> \
      <span class="reads">\(words[.fullText])</span></p>
      \(chart.drawing(label: "\(title): \(sentence)"))
      <p class="ends small" aria-hidden="true"><span>\(first.name)</span><span>\(last.name)</span></p>
      <details>
      <summary>\(words[.timelineTable])</summary>
      <div class="scroller" role="region" aria-labelledby="\(id)" tabindex="0"><table>
      <thead><tr><th scope="col">\(words[column])</th>\
      <th scope="col" class="figure">\(words[.views])</th>\
      <th scope="col" class="figure">\(words[.fullText])</th></tr></thead>
      <tbody>
      \(each: chart.bars.reversed(), { bar in
        """
        <tr><th scope="row">\(bar.name)</th>\
        <td class="figure">\(words.number(bar.uses.investigations))</td>\
        <td class="figure">\(words.number(bar.uses.requests))</td></tr>

        """
      })
      </tbody>
      </table></div>
      </details>
      </section>
      """
  }
}
