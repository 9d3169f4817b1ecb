import Archive
import Markup

/// Records of OAI-PMH 2.0 in unqualified Dublin Core.
struct OAIRecords {
  let site: SiteSettings

  /// The OAI identifier of a publication.
  func identifier(_ slug: Slug) -> String { "oai:\(site.repositoryName):\(slug)" }

  /// The slug in an OAI identifier; nil if it is not one of this archive.
  func slug(_ identifier: String) -> Slug? {
    let prefix = "oai:\(site.repositoryName):"
    guard identifier.hasPrefix(prefix) else { return nil }
    return Slug(identifier.dropFirst(prefix.count))
  }

  /// The record of a publication, and those of its former slugs.
  func records(_ record: Harvest.Record) -> XML {
    """
    \(record.isDeleted ? deleted(record.publication, record.publication.slug) : whole(record.publication))\
    \(each: record.formerSlugs, { deleted(record.publication, $0) })
    """
  }

  /// The same without metadata.
  func headers(_ record: Harvest.Record) -> XML {
    """
    \(header(record.publication, record.publication.slug, isDeleted: record.isDeleted))\
    \(each: record.formerSlugs, { header(record.publication, $0, isDeleted: true) })
    """
  }

  func deleted(_ publication: Publication, _ slug: Slug) -> XML {
    "<record>\n\(header(publication, slug, isDeleted: true))</record>\n"
  }

  func whole(_ publication: Publication) -> XML {
    """
    <record>
    \(header(publication, publication.slug, isDeleted: false))\
    <metadata>
    \(dublinCore(publication))\
    </metadata>
    </record>

    """
  }

  private func header(_ publication: Publication, _ slug: Slug, isDeleted: Bool) -> XML {
    """
    <header\(if: isDeleted, " status=\"deleted\"")>
    <identifier>\(identifier(slug))</identifier>
    <datestamp>\(publication.modified)</datestamp>
    \(each: OAISet.specs(of: publication.record), { "<setSpec>\($0)</setSpec>\n" })\
    </header>

    """
  }

  private func dublinCore(_ publication: Publication) -> XML {
    let record = publication.record
    return """
      <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" \
      xmlns:dc="http://purl.org/dc/elements/1.1/" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ \
      http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
      <dc:title>\(record.fullTitle)</dc:title>
      \(each: record.authorNames, { "<dc:creator>\($0.inverted)</dc:creator>\n" })\
      \(each: record.topics, { "<dc:subject>\($0)</dc:subject>\n" })\
      \(if: !record.abstract.isEmpty, "<dc:description>\(record.abstract)</dc:description>\n")\
      <dc:publisher>\(site.publisher)</dc:publisher>
      <dc:date>\(record.published)</dc:date>
      <dc:type>\(record.type.label)</dc:type>
      <dc:type>Text</dc:type>
      \(if: publication.file != nil, "<dc:format>application/pdf</dc:format>\n")\
      <dc:identifier>\(site.address(of: publication))</dc:identifier>
      \(site.documentAddress(of: publication), { "<dc:identifier>\($0)</dc:identifier>\n" })\
      \(record.doiAddress, { "<dc:identifier>\($0)</dc:identifier>\n" })\
      \(record.language, { "<dc:language>\($0)</dc:language>\n" })\
      \(record.seriesAndNumber, { "<dc:relation>\($0)</dc:relation>\n" })\
      \(record.licence, { "<dc:rights>\($0)</dc:rights>\n" })\
      </oai_dc:dc>

      """
  }
}
