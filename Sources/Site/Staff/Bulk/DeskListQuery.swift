import Archive
import HTTP

extension DeskFilter {
  /// The address of the list of the publications that the filter selects.
  var address: String {
    Query.address(.publicationList, fields.map { ($0.name, $0.value) })
  }

  /// The filter as fields of an address or a form.
  var fields: [FormFields.Field] {
    var fields: [FormFields.Field] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { fields.append(FormFields.Field(name, value)) }
    }
    add("q", words)
    add("status", status?.rawValue)
    for field in Missing.allCases where missing.contains(field) { add("missing", field.rawValue) }
    add("from", firstYear.map(String.init))
    add("to", lastYear.map(String.init))
    add("type", type?.rawValue)
    add("language", language)
    add("topic", topic)
    add("author", author)
    add("series", series)
    add("text", extraction?.rawValue)
    add("changed", changedSince?.description)
    add("edit", bulkEdit.map(String.init))
    return fields
  }

  /// Reads a filter; unusable values filter nothing.
  ///
  /// - Parameters:
  ///   - fields: Of an address or a form.
  ///   - zone: The time zone of a date without a time.
  init(_ fields: FormFields, in zone: SiteTimeZone) {
    let query = Query(fields)
    self.init(
      words: query.words("q"), status: query.text("status").flatMap(Publication.Status.init),
      missing: Set(fields.values(of: "missing").compactMap(Missing.init)),
      firstYear: query.number("from", in: 1000...9999),
      lastYear: query.number("to", in: 1000...9999),
      type: query.text("type").flatMap(TypeName.init), language: query.text("language"),
      topic: query.text("topic"), author: query.text("author"), series: query.text("series"),
      extraction: query.text("text").flatMap(Extraction.init),
      bulkEdit: query.text("edit").flatMap { BulkEdit.ID($0) })
    if let text = query.text("changed") {
      changedSince =
        Instant(text) ?? LocalTime("\(text)T00:00").map { zone.instant(at: $0) }
    }
  }
}

/// What the list for staff shows, as its address says.
struct DeskListQuery {
  var filter: DeskFilter
  var order: DeskOrder
  /// Publications on a page.
  var size: Int
  var page: Int
  /// What is ticked, on this page and on others.
  var ticked: Set<Publication.ID>

  static let sizes = [25, 50, 100]
  /// What an address has room for; more are selected by a filter.
  static let mostTicked = 800

  init(_ query: String?, in zone: SiteTimeZone) {
    let fields = FormFields(query: query, limit: 400)
    let values = Query(fields)
    filter = DeskFilter(fields, in: zone)
    let sort = values.text("sort") ?? ""
    order = DeskOrder(
      DeskOrder.Key(rawValue: sort.hasPrefix("-") ? String(sort.dropFirst()) : sort) ?? .changed,
      isReversed: sort.hasPrefix("-"))
    size = values.number("size", in: 1...100).flatMap { Self.sizes.contains($0) ? $0 : nil } ?? 50
    page = values.number("page", in: 1...1_000_000) ?? 1
    ticked = Self.ticked(in: fields)
  }

  /// The publications that are ticked in a form: `id` of each, and `ticked` of those on other pages.
  static func ticked(in fields: FormFields) -> Set<Publication.ID> {
    let ids =
      fields.values(of: "id").compactMap { Publication.ID($0) }
      + (fields["ticked"] ?? "").split(separator: ".").prefix(mostTicked)
      .compactMap { Publication.ID($0) }
    return Set(ids.prefix(mostTicked))
  }

  /// Publications as one value of a field.
  static func text(ofTicked ids: Set<Publication.ID>) -> String {
    ids.sorted().map(String.init).joined(separator: ".")
  }

  /// The field of an order; nil for the usual one.
  static func sort(_ order: DeskOrder) -> String? {
    order == DeskOrder() ? nil : (order.isReversed ? "-" : "") + order.key.rawValue
  }

  /// The fields of the order and the page size.
  var viewFields: [FormFields.Field] {
    [("sort", Self.sort(order)), ("size", size == 50 ? nil : "\(size)")].compactMap { name, value in
      value.map { FormFields.Field(name, $0) }
    }
  }

  /// The address of the first page of the same list with another filter or order.
  func address(_ filter: DeskFilter? = nil, order: DeskOrder? = nil, page: Int = 1) -> String {
    var other = self
    other.order = order ?? self.order
    let fields =
      (filter ?? self.filter).fields + other.viewFields
      + (page > 1 ? [FormFields.Field("page", "\(page)")] : [])
    return Query.address(.publicationList, fields.map { ($0.name, $0.value) })
  }
}
