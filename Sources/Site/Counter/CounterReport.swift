import Archive
import Markup

/// A report by the COUNTER Code of Practice, release 5.1, with all usage of the site: a report to
/// “The World”.
///
/// It is written as JSON for harvesters and as tab-separated values for spreadsheets.
struct CounterReport {
  /// A title or an item.
  struct Item {
    var name: String
    var identifiers: [(name: String, value: String)]
    var authors: [(name: String, orcid: String?)] = []
    var published: PublicationDate?
    var parts: [Part]
  }

  /// The use of an item with the same attributes.
  struct Part {
    var dataType: CounterDataType
    /// nil where the attribute is not shown.
    var year: Int?
    var accessType: CounterAccessType?
    var months: [Month: Uses]

    func hasAttributes(of other: Part) -> Bool {
      dataType == other.dataType && year == other.year && accessType == other.accessType
    }
  }

  /// The customer ID of “The World”.
  static let world = "0000000000000000"

  let request: CounterRequest
  let items: [Item]
  let exceptions: [CounterException]
  let settings: SiteSettings
  let created: Instant

  init(
    _ request: CounterRequest, of used: [UsedPublication], settings: SiteSettings,
    created: Instant
  ) {
    self.request = request
    self.settings = settings
    self.created = created
    let chosen = request.hasRegularAccess ? used : []
    items =
      switch request.report {
      case .item: chosen.compactMap { CounterReport.item($0, request, settings) }
      case .title: CounterReport.titles(chosen, request, settings)
      }
    // An empty report without a reason would be asked for again and again.
    exceptions = request.exceptions + (items.isEmpty ? [CounterException(.noUsage)] : [])
  }

  // MARK: Items

  private static func item(
    _ used: UsedPublication, _ request: CounterRequest, _ settings: SiteSettings
  ) -> Item? {
    let type = CounterDataType(item: used.publication.record.type)
    return part(used, type, request).map { item(used, [$0], settings) }
  }

  /// A publication as an item or a title of its own.
  private static func item(
    _ used: UsedPublication, _ parts: [Part], _ settings: SiteSettings
  ) -> Item {
    let (slug, record) = (used.publication.slug, used.publication.record)
    let identifiers: [(String, String?)] = [
      ("DOI", used.isNamed ? record.doi.flatMap { DOI($0)?.description } : nil),
      ("Proprietary", "\(settings.platformID):\(slug)"),
      ("URI", settings.baseURL + Resource.publication(slug).path),
    ]
    return Item(
      name: used.isNamed ? record.title : "",
      identifiers: identifiers.compactMap { name, value in value.map { (name, $0) } },
      authors: used.isNamed
        ? record.authors.prefix(3).map { ($0, record.orcids[$0]?.description) } : [],
      published: record.published, parts: parts)
  }

  /// The titles: publications of their own, and series with the use of their articles.
  private static func titles(
    _ all: [UsedPublication], _ request: CounterRequest, _ settings: SiteSettings
  ) -> [Item] {
    var titles: [Item] = []
    var places: [String: Int] = [:]
    for used in all {
      let record = used.publication.record
      guard let type = CounterDataType(title: record), let part = part(used, type, request)
      else { continue }
      guard type == .journal, let series = record.series else {
        titles.append(item(used, [part], settings))
        continue
      }
      if let place = places[series] {
        titles[place].add(part)
      } else {
        places[series] = titles.count
        titles.append(journal(series, record.issn, part, settings))
      }
    }
    return titles
  }

  private static func journal(
    _ series: String, _ issn: ISSN?, _ part: Part, _ settings: SiteSettings
  ) -> Item {
    let address = Query.address(.publications, [("series", series)])
    let identifiers: [(String, String?)] = [
      ("Proprietary", "\(settings.platformID):\(series)"), ("Online_ISSN", issn?.description),
      ("URI", settings.baseURL + address),
    ]
    return Item(
      name: series,
      identifiers: identifiers.compactMap { name, value in value.map { (name, $0) } },
      parts: [part])
  }

  /// The use of a publication; nil if a filter leaves it out or no wanted metric counted anything.
  private static func part(
    _ used: UsedPublication, _ type: CounterDataType, _ request: CounterRequest
  ) -> Part? {
    let record = used.publication.record
    let (year, access) = (record.published.year, CounterAccessType(record))
    guard request.dataTypes?.contains(type) ?? true,
      request.accessTypes?.contains(access) ?? true,
      request.years?.contains(where: { $0.contains(year) }) ?? true
    else { return nil }
    let part = Part(
      dataType: type, year: request.attributes.contains(.yearOfPublication) ? year : nil,
      accessType: request.attributes.contains(.accessType) ? access : nil, months: used.months)
    return metrics(of: part, request).isEmpty ? nil : part
  }

  /// The wanted metrics that counted something.
  func metrics(of part: Part) -> [CounterMetric] { Self.metrics(of: part, request) }

  private static func metrics(of part: Part, _ request: CounterRequest) -> [CounterMetric] {
    (request.metrics ?? CounterMetric.allCases).filter { metric in
      !(metric.isOfTitles && !(request.report == .title && part.dataType == .book))
        && part.months.values.contains { metric.count($0) > 0 }
    }
  }

  // MARK: JSON

  var json: JSON {
    let list = items.map(json(of:))
    // All items without a parent are in one object.
    let items: [JSON] =
      request.report == .item && !list.isEmpty ? [["Items": .array(list)]] : list
    return ["Report_Header": header, "Report_Items": .array(items)]
  }

  private var header: JSON {
    [
      "Report_Name": .text(request.report.name), "Report_ID": .text(request.report.rawValue),
      "Release": "5.1", "Institution_Name": "The World",
      "Institution_ID": ["Proprietary": [.text("\(settings.platformID):\(Self.world)")]],
      "Report_Filters": filters, "Report_Attributes": attributes,
      "Exceptions": exceptions.isEmpty ? nil : .array(exceptions.map(\.json)),
      "Created": .text(created.description), "Created_By": .text(settings.creator),
      "Registry_Record": "",
    ]
  }

  private var filters: JSON {
    var members: [(name: String, value: JSON)] = [
      ("Begin_Date", .text("\(request.first)-01")),
      ("End_Date", .text("\(request.last)-\(request.last.lastDay)")),
    ]
    for filter in namedFilters(withMetrics: true) {
      members.append((filter.name, .array(filter.values.map(JSON.text))))
    }
    return .object(members)
  }

  private func namedFilters(withMetrics: Bool) -> [(name: String, values: [String])] {
    let years = request.years?.map { years in
      let (first, last) = (four(years.lowerBound), four(years.upperBound))
      return first == last ? first : "\(first)-\(last)"
    }
    let filters: [(String, [String]?)] = [
      ("Metric_Type", withMetrics ? request.metrics?.map(\.rawValue) : nil),
      ("Data_Type", request.dataTypes?.map(\.rawValue)), ("YOP", years),
      ("Access_Type", request.accessTypes?.map(\.rawValue)),
      ("Access_Method", request.accessMethods),
    ]
    return filters.compactMap { name, values in values.map { (name, $0) } }
  }

  private var attributes: JSON? {
    request.attributes.isEmpty
      ? nil : ["Attributes_To_Show": .array(request.attributes.map { .text($0.rawValue) })]
  }

  private func json(of item: Item) -> JSON {
    let isShown = request.attributes.contains
    let hasAuthors = isShown(.authors) && !item.authors.isEmpty
    return [
      (request.report == .title ? "Title" : "Item"): .text(item.name),
      "Item_ID": .object(item.identifiers.map { ($0.name, .text($0.value)) }),
      "Authors": hasAuthors
        ? .array(
          item.authors.map { ["Name": .text($0.name), "ORCID": $0.orcid.map(JSON.text)] }) : nil,
      "Publication_Date": isShown(.publicationDate)
        ? item.published.flatMap(\.wholeDate).map(JSON.text) : nil,
      "Platform": .text(settings.name), "Publisher": .text(settings.publisher),
      "Attribute_Performance": .array(item.parts.map(json(of:))),
    ]
  }

  private func json(of part: Part) -> JSON {
    let performance: [(name: String, value: JSON)] = metrics(of: part).map { metric in
      let months = part.months.sorted { $0.key < $1.key }.compactMap { month, uses in
        let count = metric.count(uses)
        return count > 0 ? (name: month.description, value: JSON.integer(count)) : nil
      }
      return (metric.rawValue, .object(months))
    }
    return [
      "Data_Type": .text(part.dataType.rawValue), "YOP": part.year.map { .text(four($0)) },
      "Access_Type": part.accessType.map { .text($0.rawValue) },
      "Access_Method": request.attributes.contains(.accessMethod) ? "Regular" : nil,
      "Performance": .object(performance),
    ]
  }

  // MARK: Tab-separated values

  /// Thirteen rows of header, an empty row, the names of the columns and the rows of the body.
  var table: [[String]] {
    let filters = namedFilters(withMetrics: false).map {
      "\($0.name)=\($0.values.joined(separator: "|"))"
    }
    let metrics =
      request.metrics
      ?? CounterMetric.allCases.filter {
        request.report == .title || !$0.isOfTitles
      }
    let attributes = request.attributes.map(\.rawValue).joined(separator: "|")
    return [
      ["Report_Name", request.report.name], ["Report_ID", request.report.rawValue],
      ["Release", "5.1"], ["Institution_Name", "The World"],
      ["Institution_ID", "\(settings.platformID):\(Self.world)"],
      ["Metric_Types", metrics.map(\.rawValue).joined(separator: "; ")],
      ["Report_Filters", filters.joined(separator: "; ")],
      ["Report_Attributes", attributes.isEmpty ? "" : "Attributes_To_Show=\(attributes)"],
      ["Exceptions", exceptions.map(\.text).joined(separator: "; ")],
      [
        "Reporting_Period",
        "Begin_Date=\(request.first)-01; End_Date=\(request.last)-\(request.last.lastDay)",
      ],
      ["Created", created.description], ["Created_By", settings.creator],
      ["Registry_Record", ""], [], columns,
    ] + items.flatMap(rows(of:))
  }

  private var months: [Month] {
    Array(sequence(first: request.first) { $0 < request.last ? $0.adding(months: 1) : nil })
  }

  private var columns: [String] {
    let isShown = request.attributes.contains
    return [request.report == .title ? "Title" : "Item", "Publisher", "Publisher_ID", "Platform"]
      + [.authors, .publicationDate, .articleVersion].filter(isShown).map(\.rawValue)
      + Self.identifiers.map { $0 == "Proprietary" ? "Proprietary_ID" : $0 } + ["Data_Type"]
      + [.yearOfPublication, .accessType, .accessMethod].filter(isShown).map(\.rawValue)
      + ["Metric_Type", "Reporting_Period_Total"] + months.map(\.columnName)
  }

  /// The identifiers of an item, in the order of columns.
  private static let identifiers = [
    "DOI", "Proprietary", "ISBN", "Print_ISSN", "Online_ISSN", "URI",
  ]

  private func rows(of item: Item) -> [[String]] {
    let isShown = request.attributes.contains
    let months = months
    let authors = item.authors.map { name, orcid in
      orcid.map { "\(name) (ORCID:\($0))" } ?? name
    }
    let start =
      [item.name, settings.publisher, "", settings.name]
      + (isShown(.authors) ? [authors.joined(separator: "; ")] : [])
      + (isShown(.publicationDate) ? [item.published?.wholeDate ?? ""] : [])
      + (isShown(.articleVersion) ? [""] : [])
      + Self.identifiers.map { name in item.identifiers.first { $0.name == name }?.value ?? "" }
    return item.parts.flatMap { part in
      let attributes =
        [part.dataType.rawValue] + (part.year.map { [four($0)] } ?? [])
        + (part.accessType.map { [$0.rawValue] } ?? [])
        + (isShown(.accessMethod) ? ["Regular"] : [])
      return metrics(of: part).map { metric in
        let counts = months.map { part.months[$0].map(metric.count) ?? 0 }
        return start + attributes
          + [metric.rawValue, "\(counts.reduce(0, +))"] + counts.map { "\($0)" }
      }
    }
  }

  private func four(_ year: Int) -> String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension CounterReport.Item {
  /// Adds use to the part with the same attributes.
  mutating func add(_ part: CounterReport.Part) {
    guard let place = parts.firstIndex(where: { $0.hasAttributes(of: part) }) else {
      parts.append(part)
      return
    }
    parts[place].months.merge(part.months) { first, second in
      var sum = first
      sum += second
      return sum
    }
  }
}

extension SiteSettings {
  /// The name of the site before identifiers: 2 to 17 letters, digits, full stops and underscores,
  /// the first of them a letter and the last none of the others.
  var platformID: String {
    let allowed = host.utf8.filter { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x2E
    }
    var name = String(decoding: allowed, as: UTF8.self)
      .drop { !$0.isLetter }.prefix(17)
    while name.last == "." { name.removeLast() }
    return name.utf8.count < 2 ? "offprint" : String(name)
  }

  /// Who made a report.
  var creator: String { version.isEmpty ? "Offprint" : "Offprint \(version)" }
}

extension PublicationDate {
  /// `YYYY-MM-DD`; nil if the day is not known.
  var wholeDate: String? { day == nil ? nil : description }
}

extension Month {
  /// `Jan-2026`, as the columns of tabular reports are named.
  var columnName: String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(names[number - 1])-\(description.prefix(4))"
  }
}
