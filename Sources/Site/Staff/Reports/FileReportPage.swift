import Archive
import HTTP
import Markup

extension Site {
  /// The files that some readers or search engines cannot use.
  func fileReports(_ visit: StaffRequest) throws -> Response {
    let chosen = Query(visit.request.query).text("problem").flatMap(FileProblem.init)
    return privatePage(
      .ok,
      visit.pages.fileReports(
        try archive.texts.fileReports(), chosen: chosen,
        page: Query(visit.request.query).number("page", in: 1...1_000_000) ?? 1, visit.staff))
  }

  /// The same as a CSV file, with a column per problem.
  func fileReportsFile(_ visit: StaffRequest) throws -> Response {
    let chosen = Query(visit.request.query).text("problem").flatMap(FileProblem.init)
    var table = CSV(
      ["Title", "Slug", "URI", "Status", "Bytes", "Pages"] + FileProblem.allCases.map(\.rawValue))
    for report in try archive.texts.fileReports(with: chosen) {
      table.add(
        [
          report.title, report.slug.description,
          pages.absolute(Resource.publication(report.slug).path), report.status.rawValue,
          "\(report.bytes)", report.pages.map { "\($0)" } ?? "",
        ] + FileProblem.allCases.map { report.problems.contains($0) ? "yes" : "no" })
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": CSV.mediaType,
        "Content-Disposition": "attachment; filename=\"files.csv\"",
      ],
      content: .bytes(table.bytes))
  }
}

extension Pages {
  /// How many files a page of the report lists.
  private static let filesOnPage = 50

  func fileReports(
    _ reports: [FileReport], chosen: FileProblem?, page: Int, _ staff: StaffBar
  ) -> HTML {
    let counts = FileProblem.allCases.map { problem in
      (problem, reports.count { $0.problems.contains(problem) })
    }
    let listed = reports.filter { chosen.map($0.problems.contains) ?? true }
    let found = PageOf(
      items: Array(listed.dropFirst((page - 1) * Self.filesOnPage).prefix(Self.filesOnPage)),
      number: page, size: Self.filesOnPage, total: listed.count)
    let address = { (problem: FileProblem?, page: Int) in
      Query.address(
        .fileReports,
        [("problem", problem?.rawValue), ("page", page > 1 ? String(page) : nil)])
    }
    return layout(
      Head(
        title: words[.fileReports], address: address(chosen, page), place: .fileReports,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.fileReports])</h1>
      <p class="measure">\(words[.fileReportsText])</p>
      <nav class="chips" aria-label="\(words[.problem])">
      <a href="\(address(nil, 1))"\(if: chosen == nil, " aria-current=\"page\"")>\(words[.all]) \
      (\(words.number(reports.count)))</a>
      \(each: counts, { problem, count in
        """
        <a href="\(address(problem, 1))"\(if: problem == chosen, " aria-current=\"page\"")>\
        \(words[problem.name]) (\(words.number(count)))</a>

        """
      })
      </nav>
      \(chosen, { "<p class=\"measure\">\(words[$0.advice])</p>" })
      \(if: !listed.isEmpty, """
        <p class="small"><a href="\(Query.address(
          .fileReportsFile, [("problem", chosen?.rawValue)]))">\(words[.downloadCSV])</a></p>
        """)
      </div>
      \(listed.isEmpty ? "<p>\(words[.noFileProblems])</p>" : "\(fileTable(found.items))")
      \(pageLinks(
        page: found.number, of: found.pages, label: words[.pagesOfList],
        address: { address(chosen, $0) }))
      """)
  }

  private func fileTable(_ reports: [FileReport]) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.fileReports])" tabindex="0"><table>
    <thead><tr><th scope="col">\(words[.publicationColumn])</th>\
    <th scope="col" class="figure">\(words[.fileSize])</th>\
    <th scope="col">\(words[.problems])</th></tr></thead>
    <tbody>
    \(each: reports, { report in
      """
      <tr><th scope="row"><a href="\(Resource.record(report.slug))" dir="auto">\(report.title)</a></th>\
      <td class="figure">\(words.size(report.bytes))</td>\
      <td>\(report.problems.map { words[$0.name] }.joined(separator: ", "))</td></tr>

      """
    })</tbody>
    </table></div>
    """
  }

  /// What keeps some readers from using a file and what to do about it, for the page of its
  /// publication; nothing for a file without problems.
  func fileProblems(_ problems: [FileProblem]) -> HTML {
    guard !problems.isEmpty else { return "" }
    return """
      <section class="stack" aria-labelledby="file-problems">
      <h2 id="file-problems">\(words[.fileProblems])</h2>
      <dl class="file-problems">
      \(each: problems, { problem in
        """
        <dt>\(words[problem.name])</dt>
        <dd class="small">\(words[problem.advice])</dd>

        """
      })</dl>
      </section>
      """
  }
}

extension FileProblem {
  var name: Phrase {
    switch self {
    case .noTextLayer: .noTextLayer
    case .passwordNeeded: .passwordNeeded
    case .tooLarge: .overFiveMegabytes
    case .notTagged: .notTagged
    case .noLanguage: .noLanguage
    case .noTitle: .noTitle
    }
  }

  /// What it means for readers, and what to do.
  var advice: Phrase {
    switch self {
    case .noTextLayer: .noTextLayerAdvice
    case .passwordNeeded: .passwordNeededAdvice
    case .tooLarge: .overFiveMegabytesAdvice
    case .notTagged: .notTaggedAdvice
    case .noLanguage: .noLanguageAdvice
    case .noTitle: .noTitleAdvice
    }
  }
}
