internal import Archive
internal import Typesetting

/// The sample publications that `serve --demo` puts into an empty archive.
enum DemoArchive {
  /// The one that Offprint grew out of, then the others in the order of their dates.
  static let publications: [DemoPublication] = manuscripts.compactMap(DemoPublication.init)

  static let institution = "Skeppsbron Institute for Asian and Pacific Studies"

  static let manuscripts: [DemoManuscript] = [
    russiaAndTheKoreas, sixPartiesOneTable, waterOnTheMekong,
    arcticShippingAndTheNortheastAsianPorts, fishingFleetsAndGreyZones,
    theTumenDeltaAfterThirtyYearsOfPlans, sverigeOchKorea, laFranceDansLIndoPacifique, winterGas,
    riceRainAndReserves, underseaCablesOfTheNorthPacific, asiaPacificBalance,
  ]
}

/// A sample publication as it is written down: its record in plain values, and its text.
struct DemoManuscript {
  var slug: String
  var title: String
  var subtitle: String?
  var authors: [String] = []
  /// Year, month, day.
  var published: (Int, Int, Int)
  var type = PublicationType.report
  var series: String?
  var number: String?
  var topics: [String]
  var language = "en"
  var licence: String?
  /// Paragraphs, of which the record makes one text.
  var abstract: [String]
  var sections: [Manuscript.Section]
}
