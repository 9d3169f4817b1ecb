import Archive

/// Publications that nobody wrote, which between them have everything that an article page shows.
enum SamplePublications {
  static var all: [(Publication, Surroundings)] {
    guard let day = PublicationDate(year: 1998, month: 5, day: 17),
      let year = PublicationDate(year: 1998), let slug = Slug("ferries")
    else { return [] }
    return PublicationType.allCases.flatMap { [full($0, day, slug), bare($0, year, slug)] }
  }

  private static func full(
    _ type: PublicationType, _ date: PublicationDate, _ slug: Slug
  ) -> (Publication, Surroundings) {
    var record = Record(
      title: "The Ferries & their Masters", subtitle: "A sample", abstract: "One.\n\nTwo.",
      authors: ["Anna Berg", "Ministry of Harbours", "Rob van der Goot, Jr."], published: date,
      type: type, series: "Harbour Papers", number: "7", topics: ["Harbours", "Ferries"],
      language: "sv", doi: "10.1000/182", licence: "CC-BY-4.0")
    record.orcids = ["Anna Berg": ORCID("0000-0002-1825-0097")].compactMapValues { $0 }
    record.issn = ISSN("2049-3630")
    var surroundings = Surroundings()
    surroundings.presentation = Presentation(correction: "One is two.")
    surroundings.formerFiles = [FormerFile(octets: 2000, pages: 3, replaced: moment)]
    let months = [Month(year: 2001, number: 1), Month(year: 2001, number: 2)].compactMap { $0 }
    let uses = Uses(investigations: 3, requests: 1)
    surroundings.usage = Usage(months: months.map { Usage.MonthUses(month: $0, uses: uses) })
    let file = StoredFile(
      id: 1, sha256: String(repeating: "0", count: 64), octets: 1_234_567, pages: 12, text: .read,
      deposited: moment)
    return (publication(record, slug, file), surroundings)
  }

  private static func bare(
    _ type: PublicationType, _ date: PublicationDate, _ slug: Slug
  ) -> (Publication, Surroundings) {
    let record = Record(title: "Ferries", published: date, type: type, number: "7", topics: ["Sea"])
    let file = StoredFile(
      id: 1, sha256: "", octets: 1, pages: nil, text: .waiting, deposited: moment)
    return (publication(record, slug, type == .report ? nil : file), Surroundings())
  }

  private static let moment = Instant(secondsSince1970: 1_000_000_000)

  private static func publication(
    _ record: Record, _ slug: Slug, _ file: StoredFile?
  ) -> Publication {
    Publication(
      id: 1, slug: slug, record: record, status: .published, publicFrom: moment,
      file: file, created: moment, modified: moment)
  }
}
