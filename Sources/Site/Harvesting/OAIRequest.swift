import Archive
import HTTP

/// An error of the protocol (OAI-PMH 2.0 §3.6).
struct OAIError: Error, Equatable {
  enum Code: String {
    case badVerb, badArgument, badResumptionToken, cannotDisseminateFormat, idDoesNotExist
    case noRecordsMatch
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// A request of OAI-PMH 2.0: a verb with its arguments.
struct OAIRequest: Equatable {
  enum Verb: String, CaseIterable {
    case identify = "Identify"
    case listMetadataFormats = "ListMetadataFormats"
    case listSets = "ListSets"
    case listIdentifiers = "ListIdentifiers"
    case listRecords = "ListRecords"
    case getRecord = "GetRecord"

    var required: Set<String> {
      switch self {
      case .getRecord: ["identifier", "metadataPrefix"]
      case .listIdentifiers, .listRecords: ["metadataPrefix"]
      case .identify, .listMetadataFormats, .listSets: []
      }
    }

    var optional: Set<String> {
      switch self {
      case .listMetadataFormats: ["identifier"]
      case .listIdentifiers, .listRecords: ["from", "until", "set"]
      case .identify, .listSets, .getRecord: []
      }
    }

    /// Whether it takes a resumption token instead of other arguments.
    var resumes: Bool {
      switch self {
      case .listSets, .listIdentifiers, .listRecords: true
      case .identify, .listMetadataFormats, .getRecord: false
      }
    }
  }

  let verb: Verb
  let arguments: [String: String]

  /// Parses the fields of a query or a form.
  ///
  /// - Parameter fields: The fields.
  /// - Throws: ``OAIError`` `badVerb` or `badArgument`.
  init(_ fields: FormFields) throws(OAIError) {
    let verbs = fields.values(of: "verb")
    guard verbs.count == 1, let verb = Verb(rawValue: verbs[0]) else {
      throw OAIError(
        .badVerb,
        verbs.count > 1 ? "“verb” is repeated" : "“verb” is missing or is not an OAI-PMH verb")
    }
    guard !fields.isTruncated else { throw OAIError(.badArgument, "too many arguments") }
    var arguments: [String: String] = [:]
    for field in fields.fields where field.name != "verb" {
      guard
        verb.required.contains(field.name) || verb.optional.contains(field.name)
          || verb.resumes && field.name == "resumptionToken"
      else { throw OAIError(.badArgument, "\(verb.rawValue) takes no “\(field.name)”") }
      guard arguments.updateValue(field.value, forKey: field.name) == nil else {
        throw OAIError(.badArgument, "“\(field.name)” is repeated")
      }
    }
    if arguments["resumptionToken"] != nil {
      guard arguments.count == 1 else {
        throw OAIError(.badArgument, "“resumptionToken” stands alone")
      }
    } else if let missing = verb.required.sorted().first(where: { arguments[$0] == nil }) {
      throw OAIError(.badArgument, "“\(missing)” is missing")
    }
    self.verb = verb
    self.arguments = arguments
  }

  subscript(name: String) -> String? { arguments[name] }

  /// The dates and the set of a list.
  ///
  /// - Returns: The harvest from its beginning.
  /// - Throws: ``OAIError`` `badArgument`, or `noRecordsMatch` for a set that there cannot be.
  func harvest() throws(OAIError) -> Harvest {
    let from = try self["from"].map { text throws(OAIError) in try Bound(text, "from") }
    let until = try self["until"].map { text throws(OAIError) in try Bound(text, "until") }
    if let from, let until {
      guard from.isDay == until.isDay else {
        throw OAIError(.badArgument, "“from” and “until” have different granularity")
      }
      guard from.first <= until.last else {
        throw OAIError(.badArgument, "“from” is later than “until”")
      }
    }
    let group = try self["set"].map { spec throws(OAIError) in try OAISet.group(spec) } ?? .all
    return Harvest(from: from?.first, until: until?.last, group: group)
  }

  /// An instant, or a whole day.
  private struct Bound {
    let first: Instant
    let last: Instant
    let isDay: Bool

    init(_ text: String, _ name: String) throws(OAIError) {
      if let moment = Instant(text) {
        (first, last, isDay) = (moment, moment, false)
      } else if text.utf8.count == 10, let first = Instant(text + "T00:00:00Z") {
        self.first = first
        (last, isDay) = (first.adding(seconds: 86_399), true)
      } else {
        throw OAIError(
          .badArgument, "“\(name)” is not a date such as 2010-02-25 or 2010-02-25T09:00:00Z")
      }
    }
  }
}
