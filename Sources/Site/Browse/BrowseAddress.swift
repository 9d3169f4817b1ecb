import Archive

/// The list of publications as an address: what the query does not say, or says badly, is not
/// chosen, and each choice has one address.
extension Browse {
  init(_ query: Query) {
    self.init(
      page: query.number("page", in: 1...1_000_000) ?? 1,
      year: query.number("year", in: 1000...9999),
      topic: query.text("topic"),
      author: query.text("author"),
      language: query.text("language"),
      order: query.text("sort").flatMap(Order.init(rawValue:)) ?? .date)
    type = query.text("type").flatMap(TypeName.init(rawValue:))
  }

  /// The chosen values.
  var kinds: [Kind] {
    Kind.allCases.filter { kind in
      switch kind {
      case .year: year != nil
      case .topic: topic != nil
      case .type: type != nil
      case .language: language != nil
      case .author: author != nil
      }
    }
  }

  /// The same choice, another page.
  func on(page: Int) -> Browse {
    var other = self
    other.page = page
    return other
  }

  /// The same choice in another order, from its first page.
  func sorted(by order: Order) -> Browse {
    var other = on(page: 1)
    other.order = order
    return other
  }

  /// The choice without the value of one facet, from its first page.
  func without(_ kind: Kind) -> Browse {
    var wider = on(page: 1)
    switch kind {
    case .year: wider.year = nil
    case .topic: wider.topic = nil
    case .type: wider.type = nil
    case .language: wider.language = nil
    case .author: wider.author = nil
    }
    return wider
  }

  /// Path and query.
  var address: String {
    Query.address(
      .publications,
      [
        ("year", year.map { String($0) }), ("topic", topic), ("type", type?.rawValue),
        ("author", author), ("language", language),
        ("sort", order == .date ? nil : order.rawValue), ("page", page > 1 ? String(page) : nil),
      ])
  }
}

extension Language {
  /// The heading of the list.
  func heading(of choice: Browse) -> String {
    var parts = [choice.type.map { self(.ofType, name(of: $0)) } ?? self[.publications]]
    if let topic = choice.topic { parts.append(self(.onTopic, topic)) }
    if let author = choice.author { parts.append(self(.byAuthorNamed, author)) }
    if let year = choice.year { parts.append(self(.fromYear, "\(year)")) }
    if let language = choice.language {
      parts.append(self(.inLanguage, name(ofLanguage: language)))
    }
    return parts.joined(separator: " ")
  }

  /// The name of the chosen value of one facet.
  func value(of kind: Browse.Kind, in choice: Browse) -> String? {
    switch kind {
    case .year: choice.year.map { "\($0)" }
    case .topic: choice.topic
    case .type: choice.type.map { name(of: $0) }
    case .language: choice.language.map { name(ofLanguage: $0) }
    case .author: choice.author
    }
  }

  func name(of kind: Browse.Kind) -> String {
    switch kind {
    case .year: self[.year]
    case .topic: self[.topic]
    case .type: self[.type]
    case .language: self[.language]
    case .author: self[.author]
    }
  }
}
