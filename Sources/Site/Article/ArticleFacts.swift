import Archive
import HTTP
import Markup

/// The facts beside an article.
extension Pages {
  func facts(_ view: ArticleView) -> HTML {
    let publication = view.publication
    let record = publication.record
    return """
      <aside class="facts" aria-labelledby="facts">
      \(publication.file == nil || view.isPreview
        ? Cover(record, in: assets.languages[0], publisher: settings.publisher).html
        : cover(of: publication, isSmall: false))
      <h2 id="facts">\(words[.aboutPublication])</h2>
      <dl>
      \(fact(.type, link(to: Browse(typeName: record.typeName), "\(words.name(of: record.typeName))")))
      \(record.series, { fact(.series, series($0, record, view.context.links.series)) })
      \(record.issn, { fact("ISSN", "\($0.description)") })
      \(if: record.series == nil, record.number.map { fact(.number, "\($0)") } ?? "")
      \(if: !record.topics.isEmpty, fact(
        record.topics.count == 1 ? .topic : .topics,
        topicLinks(record.topics, view.context.links)))
      \(record.language, {
        fact(.language, link(to: Browse(language: $0), "\(words.name(ofLanguage: $0))"))
      })
      \(fact(.year, link(to: Browse(year: record.published.year), "\(record.published.year)")))
      \(publication.file, { fact(.pdf, "\(extent(of: $0))") })
      \(publication.file, { fact("SHA-256", hash($0)) })
      \(doi(record), { fact("DOI", $0) })
      \(record.licence, { fact(.licence, licence($0)) })
      \(if: !view.context.formerFiles.isEmpty, fact(.earlierVersions, earlier(view.context.formerFiles, view)))
      \(view.context.usage, { fact(.usage, chart($0)) })
      </dl>
      </aside>
      """
  }

  private func fact(_ name: Phrase, _ value: HTML) -> HTML { fact("\(words[name])", value) }

  private func fact(_ name: HTML, _ value: HTML) -> HTML {
    "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
  }

  private func series(_ name: String, _ record: Record, _ slug: Slug?) -> HTML {
    let title: HTML = "<bdi>\(words.series(record) ?? name)</bdi>"
    return """
      \(slug.map { "<a href=\"\(Resource.entry(.series, $0))\">\(title)</a>" } ?? title)<br>\
      <a class="small" href="\(Followed.series(name).subscribeAddress)" rel="nofollow">\
      \(words[.followByEmail])</a>
      """
  }

  private func topicLinks(_ topics: [String], _ links: EntryLinks) -> HTML {
    """
    \(each: topics, separator: "<br>", {
      link(to: .topics, links.topics[$0], else: Browse(topic: $0), $0)
    })
    """
  }

  private func earlier(_ files: [FormerFile], _ view: ArticleView) -> HTML {
    """
    \(each: files, separator: "<br>", { earlier($0, view) })\
    \(if: !view.isPreview, """
      <br><a href="\(Resource.versions(view.publication.slug))">\(words[.whatChanged])</a>
      """)
    """
  }

  private func hash(_ file: StoredFile) -> HTML {
    """
    <details class="hash"><summary><code>\(file.sha256.prefix(8))…</code></summary>
    \(hash(file.sha256, id: "sha256"))
    <p class="small"><a href="\(Resource.verify)">\(words[.verifyCopy])</a></p>
    </details>
    """
  }

  private func doi(_ record: Record) -> HTML? {
    record.doiAddress.map { "<a href=\"\($0)\">\(record.bareDOI ?? $0)</a>" }
      ?? record.doi.map { "\($0)" }
  }

  /// A licence, as a link if it is an address.
  private func licence(_ text: String) -> HTML {
    text.hasPrefix("https://") || text.hasPrefix("http://")
      ? "<a rel=\"license\" href=\"\(text)\">\(text)</a>" : "<bdi>\(text)</bdi>"
  }

  private func earlier(_ file: FormerFile, _ view: ArticleView) -> HTML {
    let slug = view.publication.slug
    let resource: Resource =
      view.isPreview ? .staffFile(slug, sha256: file.sha256) : .file(slug, sha256: file.sha256)
    let date = settings.timeZone.localTime(at: file.replaced).fieldValue.prefix(10)
    let day: HTML = "<time datetime=\"\(date)\">\(day(file.replaced))</time>"
    return """
      \(words.html(.replacedOn, day))\(file.reason, { " <span dir=\"auto\">\($0)</span>" }) \
      <a href="\(resource)" rel="nofollow">\(words[.earlierPDF])</a> \
      (\(extent(pages: file.pages, octets: file.bytes)))
      """
  }

  // MARK: Use

  /// Views and downloads, with a chart and a table by month.
  private func chart(_ usage: MonthlyUses) -> HTML {
    let total = """
      \(words.count(.view, usage.total.investigations)), \
      \(words.count(.download, usage.total.requests))
      """
    let months = Pages.months(of: usage)
    return """
      \(total)
      \(if: months.count > 1, """
        \(sparkline(months, label: words(.usageChart, total)))
        <details>
        <summary>\(words[.timelineTable])</summary>
        <table>
        <thead><tr><th scope="col">\(words[.month])</th>\
        <th scope="col" class="figure">\(words[.views])</th>\
        <th scope="col" class="figure">\(words[.downloads])</th></tr></thead>
        <tbody>
        \(each: months.reversed(), { month, uses in
          """
          <tr><th scope="row">\(PublicationDate(month.description), date)</th>\
          <td class="figure">\(words.number(uses.investigations))</td>\
          <td class="figure">\(words.number(uses.requests))</td></tr>

          """
        })
        </tbody>
        </table>
        </details>
        """)
      """
  }

  private func sparkline(_ months: [(Month, Uses)], label: String) -> HTML {
    let most = max(1, months.map(\.1.investigations).max() ?? 1)
    func line(_ count: (Uses) -> Int) -> String {
      months.enumerated().map { place, month in
        "\(place * 10),\(31 - min(30, count(month.1) * 30 / most))"
      }.joined(separator: " ")
    }
    return """
      <svg class="sparkline" viewBox="0 0 \(10 * (months.count - 1)) 32" \
      preserveAspectRatio="none" role="img" aria-label="\(label)">
      <polyline points="\(line(\.investigations))"/>
      <polyline class="second" points="\(line(\.requests))"/>
      </svg>
      """
  }

  /// The months up to the last one with usage, including those without.
  private static func months(of usage: MonthlyUses) -> [(Month, Uses)] {
    guard let first = usage.months.first?.month, let last = usage.months.last?.month else {
      return []
    }
    let counted = Dictionary(usage.months.map { ($0.month, $0.uses) }) { first, _ in first }
    var months: [(Month, Uses)] = []
    var month = max(first, last.adding(months: -35))
    while month <= last, months.count < 36 {
      months.append((month, counted[month] ?? Uses()))
      month = month.adding(months: 1)
    }
    return months
  }
}
