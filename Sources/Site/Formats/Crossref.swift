package import Archive
import Foundation
import Markup

/// A batch that registers DOIs with Crossref (deposit schema 5.4.0).
///
/// Staff send the file. The schema fixes the order of elements.
package struct CrossrefBatch: Sendable {
  /// The batch ID, which Crossref's answer repeats.
  package var identifier: String
  /// The creation time; the latest batch for a DOI counts.
  package var made: Instant
  /// The sender and the address for Crossref's answer.
  package var depositor: (name: String, address: String)
  package var site: SiteSettings

  package init(
    identifier: String, made: Instant, depositor: (name: String, address: String),
    site: SiteSettings
  ) {
    self.identifier = identifier
    self.made = made
    self.depositor = depositor
    self.site = site
  }

  /// Whether a publication has a DOI with the prefix, such as `10.1234`, or any prefix.
  package static func takes(_ publication: Publication, prefix: String?) -> Bool {
    guard let doi = publication.record.bareDOI else { return false }
    return prefix.map { doi.lowercased().hasPrefix($0.lowercased() + "/") } ?? true
  }

  package func bytes(of publications: [Publication]) -> [UInt8] {
    let stamp = made.description.filter(\.isNumber)
    let xml: XML = """
      <?xml version="1.0" encoding="UTF-8"?>
      <doi_batch xmlns="http://www.crossref.org/schema/5.4.0" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1" \
      xmlns:ai="http://www.crossref.org/AccessIndicators.xsd" version="5.4.0" \
      xsi:schemaLocation="http://www.crossref.org/schema/5.4.0 \
      https://www.crossref.org/schemas/crossref5.4.0.xsd">
      <head>
      <doi_batch_id>\(identifier)</doi_batch_id>
      <timestamp>\(stamp)</timestamp>
      <depositor>
      <depositor_name>\(depositor.name)</depositor_name>
      <email_address>\(depositor.address)</email_address>
      </depositor>
      <registrant>\(site.publisher)</registrant>
      </head>
      <body>
      \(each: publications, report)\
      </body>
      </doi_batch>

      """
    return xml.bytes
  }

  private func report(_ publication: Publication) -> XML {
    let record = publication.record
    // A series with an ISSN is described with the report.
    let series = record.issn.flatMap { issn in record.series.map { (title: $0, issn: issn) } }
    let element = series == nil ? "report-paper_metadata" : "report-paper_series_metadata"
    let paragraphs = record.abstract.components(separatedBy: "\n\n").filter { !$0.isEmpty }
    return """
      <report-paper>
      <\(element)\(record.language.flatMap(language), { " language=\"\($0)\"" })>
      \(series, { title, issn in
        """
        <series_metadata><titles><title>\(title)</title></titles><issn>\(issn.description)</issn>\
        </series_metadata>

        """
      })\
      \(if: !record.authors.isEmpty, """
        <contributors>
        \(each: zip(record.authors, record.authorNames).enumerated(), { place, author in
          contributor(author.1, record.orcids[author.0], isFirst: place == 0)
        })\
        </contributors>

        """)\
      <titles><title>\(record.title)</title>\
      \(record.subtitle, { "<subtitle>\($0)</subtitle>" })</titles>
      \(if: !paragraphs.isEmpty, """
        <jats:abstract>\(each: paragraphs, { "<jats:p>\($0)</jats:p>" })</jats:abstract>

        """)\
      <publication_date media_type="online">\(date(record.published))</publication_date>
      <publisher><publisher_name>\(site.publisher)</publisher_name></publisher>
      <institution><institution_name>\(site.publisher)</institution_name></institution>
      \(record.number, { number in
        """
        <publisher_item><item_number item_number_type="report-number">\(number)</item_number>\
        </publisher_item>

        """
      })\
      \(Licence.address(record.licence), { address in
        """
        <ai:program name="AccessIndicators"><ai:license_ref>\(address)</ai:license_ref></ai:program>

        """
      })\
      <doi_data>
      <doi>\(record.bareDOI ?? "")</doi>
      <resource mime_type="text/html">\(site.address(of: publication))</resource>
      </doi_data>
      </\(element)>
      </report-paper>

      """
  }

  private func contributor(_ name: AuthorName, _ orcid: ORCID?, isFirst: Bool) -> XML {
    let sequence = isFirst ? "first" : "additional"
    guard let person = name.person else {
      guard name.kind == .organization else {
        return """
          <person_name sequence="\(sequence)" contributor_role="author">\
          <surname>\(name.text)</surname>\
          \(orcid, { "<ORCID authenticated=\"false\">\($0.address)</ORCID>" })</person_name>

          """
      }
      return """
        <organization sequence="\(sequence)" contributor_role="author">\(name.text)</organization>

        """
    }
    return """
      <person_name sequence="\(sequence)" contributor_role="author">\
      <given_name>\(person.given)</given_name><surname>\(person.family)</surname>\
      \(person.suffix, { "<suffix>\($0)</suffix>" })\
      \(orcid, { "<ORCID authenticated=\"false\">\($0.address)</ORCID>" })</person_name>

      """
  }

  private func date(_ date: PublicationDate) -> XML {
    """
    \(date.month, { "<month>\(two($0))</month>" })\(date.day, { "<day>\(two($0))</day>" })\
    <year>\(date.year)</year>
    """
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The schema has two-letter languages.
  private func language(_ tag: String) -> String? {
    let primary = tag.split(separator: "-").first.map { $0.lowercased() } ?? ""
    return primary.utf8.count == 2 ? primary : nil
  }
}
