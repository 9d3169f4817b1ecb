import Archive
import HTTP

/// A report of COUNTER 5.1.
package enum CounterReportKind: String, Sendable, CaseIterable {
  case title = "TR"
  case item = "IR"

  init?(path: Substring) {
    guard let kind = CounterReportKind.allCases.first(where: { $0.path == path }) else {
      return nil
    }
    self = kind
  }

  /// The last part of its address.
  var path: String { rawValue.lowercased() }

  var name: String {
    switch self {
    case .title: "Title Report"
    case .item: "Item Report"
    }
  }

  var description: String {
    switch self {
    case .title: "Usage by title: reports, books, series of articles and theses."
    case .item: "Usage by publication."
    }
  }

  /// The attributes that may be shown, in the order of columns.
  var attributes: [CounterRequest.Attribute] {
    switch self {
    case .title: [.yearOfPublication, .accessType, .accessMethod]
    case .item: CounterRequest.Attribute.allCases
    }
  }
}

/// A request for a report by COUNTER 5.1: its months, filters and attributes.
struct CounterRequest {
  enum Attribute: String, CaseIterable {
    case authors = "Authors"
    case publicationDate = "Publication_Date"
    case articleVersion = "Article_Version"
    case yearOfPublication = "YOP"
    case accessType = "Access_Type"
    case accessMethod = "Access_Method"
  }

  var report: CounterReportKind
  var first: Month
  var last: Month
  /// Those that are asked for; nil for all.
  var metrics: [CounterMetric]?
  var dataTypes: [CounterDataType]?
  var accessTypes: [CounterAccessType]?
  /// False if only text and data mining is asked for, which is not counted.
  var hasRegularAccess = true
  /// The value of the filter, as it is repeated in the header.
  var accessMethods: [String]?
  var years: [ClosedRange<Int>]?
  var attributes: [Attribute] = []
  /// What is to be told with the report.
  var exceptions: [CounterException] = []

  init(
    _ report: CounterReportKind, from first: Month, through last: Month,
    attributes: [Attribute] = []
  ) {
    self.report = report
    self.first = first
    self.last = last
    self.attributes = attributes
  }

  /// Reads the parameters of a request.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - query: The parameters.
  ///   - available: The months that can be reported; nil if nothing has been counted.
  ///   - current: The present month, which is not over.
  /// - Throws: ``CounterException`` if there can be no report.
  init(
    _ report: CounterReportKind, _ query: FormFields, available: Month?, at current: Month
  ) throws(CounterException) {
    for name in ["begin_date", "end_date"] where query[name] == nil {
      throw CounterException(.insufficientInformation, name)
    }
    guard let first = CounterRequest.month(query["begin_date"] ?? "", isEnd: false),
      let last = CounterRequest.month(query["end_date"] ?? "", isEnd: true)
    else {
      throw CounterException(
        .invalidDates, "expected begin_date and end_date such as 2026-01-01 and 2026-12-31")
    }
    guard first <= last else {
      throw CounterException(.invalidDates, "end_date is before begin_date")
    }
    guard first < current else {
      throw CounterException(.invalidDates, "begin_date is in the present month or later")
    }
    self.init(report, from: first, through: last)
    let complete = current.adding(months: -1)
    if last > complete {
      self.last = complete
      exceptions.append(CounterException(.notReady, "usage is available through \(complete)"))
    }
    if let available, first < available {
      exceptions.append(
        CounterException(.noLongerAvailable, "usage is available from \(available)"))
    }
    readFilters(query)
    readAttributes(query)
    noteUnknown(query)
  }

  /// Reads `YYYY-MM`, or the first or last day of a month.
  private static func month(_ text: String, isEnd: Bool) -> Month? {
    if let month = Month(text) { return month }
    guard let date = PublicationDate(text), date.day != nil,
      let month = Month(text.prefix(7))
    else { return nil }
    let day = isEnd ? month.lastDay : 1
    return date.day == day ? month : nil
  }

  private mutating func readFilters(_ query: FormFields) {
    var invalid: [String] = []
    /// The values that are known; nil without any, so that the filter is not applied.
    func known<Value>(_ name: String, _ read: (String) -> Value?) -> [Value]? {
      guard let text = query[name] else { return nil }
      var values: [Value] = []
      for part in text.split(separator: "|") {
        if let value = read(String(part)) {
          values.append(value)
        } else {
          invalid.append("\(name)=\(part)")
        }
      }
      return values.isEmpty ? nil : values
    }
    let ownMetrics = CounterMetric.allCases.filter { report == .title || !$0.isOfTitles }
    metrics = known("metric_type") { name in ownMetrics.first { $0.rawValue == name } }
    dataTypes = known("data_type") { name in
      CounterDataType(rawValue: name).flatMap { report == .title && !$0.isTitle ? nil : $0 }
    }
    accessTypes = known("access_type") { CounterAccessType(rawValue: $0) }
    years = known("yop", CounterRequest.years)
    accessMethods = known("access_method") { ["Regular", "TDM"].contains($0) ? $0 : nil }
    hasRegularAccess = accessMethods?.contains("Regular") ?? true
    for name in ["item_id", "country_code", "subdivision_code", "attributed", "platform"] {
      if let value = query[name] { invalid.append("\(name)=\(value)") }
    }
    if !invalid.isEmpty {
      exceptions.append(CounterException(.invalidFilter, invalid.joined(separator: "; ")))
    }
  }

  /// Reads `2020` or `2020-2024`.
  private static func years(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.count == 4 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        ? Int(part) : nil
    }
    guard numbers.count == parts.count, let first = numbers.first, let last = numbers.last,
      numbers.count <= 2, first <= last
    else { return nil }
    return first...last
  }

  private mutating func readAttributes(_ query: FormFields) {
    var invalid: [String] = []
    for name in (query["attributes_to_show"] ?? "").split(separator: "|") {
      if let attribute = Attribute(rawValue: String(name)), report.attributes.contains(attribute) {
        attributes.append(attribute)
      } else {
        invalid.append("attributes_to_show=\(name)")
      }
    }
    attributes = report.attributes.filter(attributes.contains)
    if let value = query["granularity"], value != "Month" { invalid.append("granularity=\(value)") }
    if let value = query["include_parent_details"], value != "False" {
      invalid.append("include_parent_details=\(value)")
    }
    if !invalid.isEmpty {
      exceptions.append(CounterException(.invalidAttribute, invalid.joined(separator: "; ")))
    }
    if query["include_component_details"] == "True" {
      exceptions.append(CounterException(.noComponents))
    }
  }

  /// Parameters that any report of the code of practice may have.
  private static let names: Set<String> = [
    "customer_id", "requestor_id", "api_key", "platform", "begin_date", "end_date", "metric_type",
    "data_type", "access_type", "access_method", "yop", "item_id", "attributes_to_show",
    "granularity", "include_parent_details", "include_component_details", "country_code",
    "subdivision_code", "attributed",
  ]

  private mutating func noteUnknown(_ query: FormFields) {
    let unknown = query.fields.map(\.name).filter { !Self.names.contains($0) }
    if !unknown.isEmpty {
      exceptions.append(CounterException(.unknownParameter, unknown.joined(separator: "; ")))
    }
  }
}

extension Month {
  /// The number of its last day.
  var lastDay: Int {
    Int(adding(months: 1).firstDay.number - firstDay.number)
  }
}
