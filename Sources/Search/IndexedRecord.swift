/// What the index knows of a record.
package struct IndexedRecord: Sendable {
  package var id: Int64
  /// Seconds since 1970 from which it is public; 0 for what is published.
  package var visibleFrom: Int64
  /// Seconds since 1970 at which it was read.
  package var read: Int64
  package var isScheduled: Bool
  /// Year, month and day as one number such as 20100225; unknown parts are 0.
  package var date: Int32
  package var type: String
  package var language: String
  /// 0 without a file.
  package var file: Int64
  /// The number of the file in the index of pages; -1 without one.
  var fileNumber: Int32 = -1
  /// Title and subtitle.
  package var title: [String]
  package var abstract: String
  package var authors: [String]
  package var topics: [String]
  /// Series, number and year.
  package var series: [String]
  /// Within the series, or of the report.
  package var number = ""
  package var doi = ""
  package var issn = ""
  /// Of its authors, each once.
  package var orcids: [String] = []
  package var slug = ""
  /// By which the titles of lists are sorted.
  package var sortTitle = ""

  package init(
    id: Int64, visibleFrom: Int64 = 0, read: Int64, isScheduled: Bool = false, date: Int32,
    type: String = "", language: String = "", file: Int64 = 0, title: [String],
    abstract: String = "", authors: [String] = [], topics: [String] = [], series: [String] = []
  ) {
    self.id = id
    self.visibleFrom = visibleFrom
    self.read = read
    self.isScheduled = isScheduled
    self.date = date
    self.type = type
    self.language = language
    self.file = file
    self.title = title
    self.abstract = abstract
    self.authors = authors
    self.topics = topics
    self.series = series
  }

  var fields: [(RecordIndex.Field, [String])] {
    [
      (.title, title), (.abstract, [abstract]), (.authors, authors), (.topics, topics),
      (.series, series),
    ]
  }
}
