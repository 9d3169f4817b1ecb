import Archive
import HTTP
import Markup

/// OAI-PMH 2.0.
///
/// Errors of the protocol have status 200; harvesters read them from the content.
extension Site {
  func harvesting(_ request: Request) throws -> Response {
    let now = self.now
    let body: XML
    var asked: OAIRequest?
    do {
      let oai = try OAIRequest(fields(of: request))
      asked = oai
      body = try answer(to: oai, at: now)
    } catch let error as OAIError {
      if error.code == .badVerb || error.code == .badArgument { asked = nil }
      body = "<error code=\"\(error.code.rawValue)\">\(error.message)</error>\n"
    }
    let attributes = asked.map { [("verb", $0.verb.rawValue)] + $0.arguments.sorted { $0 < $1 } }
    let xml: XML = """
      <?xml version="1.0" encoding="UTF-8"?>
      <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ \
      http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
      <responseDate>\(now)</responseDate>
      <request\(each: attributes ?? [], { " \($0.0)=\"\($0.1)\"" })>\(harvestAddress)</request>
      \(body)\
      </OAI-PMH>

      """
    var response = text(xml.bytes, "text/xml; charset=utf-8")
    // It contains the time, so no two responses are the same.
    response.entityTag = nil
    response.share()
    return response
  }

  private var harvestAddress: String { settings.absolute(.harvesting) }

  private func fields(of request: Request) -> FormFields {
    guard request.method == .post else { return FormFields(query: request.query) }
    // What is no form has no verb.
    guard let field = request.fields["Content-Type"], let type = MediaType(field),
      type.essence == "application/x-www-form-urlencoded",
      case .bytes(let octets) = request.content
    else { return FormFields() }
    return FormFields(bytes: octets)
  }

  private func answer(to request: OAIRequest, at now: Instant) throws -> XML {
    switch request.verb {
    case .identify: return try identify(at: now)
    case .listMetadataFormats: return try metadataFormats(request, at: now)
    case .listSets: return try sets(request, at: now)
    case .getRecord:
      try checkPrefix(request)
      return try record(request["identifier"] ?? "", at: now)
    case .listIdentifiers, .listRecords: return try list(request, at: now)
    }
  }

  // MARK: About the archive

  private func identify(at now: Instant) throws -> XML {
    let sample = try archive.announced(size: 1, at: now).publications.first?.slug
    let identifier = sample.map(OAIRecords(site: settings).identifier)
    return """
      <Identify>
      <repositoryName>\(settings.name)</repositoryName>
      <baseURL>\(harvestAddress)</baseURL>
      <protocolVersion>2.0</protocolVersion>
      <adminEmail>\(settings.contactAddress)</adminEmail>
      <earliestDatestamp>\(try archive.publications.earliestDatestamp(at: now) ?? now)</earliestDatestamp>
      <deletedRecord>persistent</deletedRecord>
      <granularity>YYYY-MM-DDThh:mm:ssZ</granularity>
      <compression>gzip</compression>
      <description>
      <oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai-identifier \
      http://www.openarchives.org/OAI/2.0/oai-identifier.xsd">
      <scheme>oai</scheme>
      <repositoryIdentifier>\(settings.repositoryName)</repositoryIdentifier>
      <delimiter>:</delimiter>
      <sampleIdentifier>\
      \(identifier ?? "oai:\(settings.repositoryName):a-title")</sampleIdentifier>
      </oai-identifier>
      </description>
      </Identify>

      """
  }

  private func metadataFormats(_ request: OAIRequest, at now: Instant) throws -> XML {
    if let identifier = request["identifier"] { _ = try record(identifier, at: now) }
    return """
      <ListMetadataFormats>
      <metadataFormat>
      <metadataPrefix>oai_dc</metadataPrefix>
      <schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema>
      <metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace>
      </metadataFormat>
      </ListMetadataFormats>

      """
  }

  private func sets(_ request: OAIRequest, at now: Instant) throws -> XML {
    guard request["resumptionToken"] == nil else { throw OAIError.badToken }
    return """
      <ListSets>
      \(each: OAISet.roots, {
        "<set><setSpec>\($0.0)</setSpec><setName>\($0.1)</setName></set>\n"
      })\
      \(each: try archive.publications.harvestGroups(at: now), { group in
        """
        <set><setSpec>\(OAISet.spec(of: group))</setSpec>\
        <setName>\(OAISet.name(of: group))</setName></set>

        """
      })\
      </ListSets>

      """
  }

  // MARK: Records

  private func checkPrefix(_ request: OAIRequest) throws(OAIError) {
    guard request["metadataPrefix"] == "oai_dc" else {
      throw OAIError(.cannotDisseminateFormat, "the only format is “oai_dc”")
    }
  }

  private func record(_ identifier: String, at now: Instant) throws -> XML {
    let records = OAIRecords(site: settings)
    guard let slug = records.slug(identifier) else { throw OAIError.noSuchRecord }
    func deleted(_ publication: Publication) -> XML { records.deleted(publication, slug) }
    let found: XML =
      switch try archive.publications.find(slug, at: now) {
      case .publication(let publication): records.whole(publication)
      case .gone(let publication): deleted(publication)
      case .moved(let target):
        switch try archive.publications.find(target, at: now) {
        case .publication(let publication), .gone(let publication): deleted(publication)
        case .moved, .none: throw OAIError.noSuchRecord
        }
      case .none: throw OAIError.noSuchRecord
      }
    return "<GetRecord>\n\(found)</GetRecord>\n"
  }

  private func list(_ request: OAIRequest, at now: Instant) throws -> XML {
    var token: OAIToken
    let isFirst: Bool
    if let text = request["resumptionToken"] {
      guard let read = try OAIToken(text, for: request.verb, by: archive) else {
        throw OAIError.badToken
      }
      token = read
      isFirst = false
    } else {
      // Dates are checked before the prefix, so that an invalid date is reported as one.
      var harvest = try request.harvest()
      // The set of a topic that is called otherwise now.
      if case .topic(let topic) = harvest.group,
        let name = try archive.lists.preferredName(for: topic, in: .topics, at: now)
      {
        harvest.group = .topic(name)
      }
      try checkPrefix(request)
      token = OAIToken(
        verb: request.verb, harvest: harvest, cursor: 0,
        size: try archive.publications.count(of: harvest, at: now))
      isFirst = true
    }
    let page = try archive.publications.records(of: token.harvest, limit: Site.harvestPage, at: now)
    guard !page.records.isEmpty || !isFirst else {
      throw OAIError(.noRecordsMatch, "no records changed in this period")
    }
    let records = OAIRecords(site: settings)
    let cursor = token.cursor
    var next = ""
    if let last = page.last {
      token.harvest.after = last
      token.harvest.through = page.through
      token.cursor += page.records.reduce(0) { $0 + 1 + $1.formerSlugs.count }
      next = try token.signed(by: archive)
    }
    let resumption: XML =
      isFirst && page.last == nil
      ? ""
      : """
      <resumptionToken completeListSize="\(token.size)" cursor="\(cursor)">\(next)\
      </resumptionToken>

      """
    return request.verb == .listRecords
      ? "<ListRecords>\n\(each: page.records, records.records)\(resumption)</ListRecords>\n"
      : """
      <ListIdentifiers>
      \(each: page.records, records.headers)\(resumption)</ListIdentifiers>

      """
  }

  /// The number of publications in a response.
  private static let harvestPage = 100
}

extension OAIError {
  fileprivate static let badToken = OAIError(
    .badResumptionToken, "the token is not valid for this request")
  fileprivate static let noSuchRecord = OAIError(
    .idDoesNotExist, "there is no record with this identifier")
}
