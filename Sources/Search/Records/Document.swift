extension RecordIndex {
  /// A record in the index.
  struct Document: Sendable {
    let id: Int64
    /// The file whose pages are its text; 0 without one.
    let file: Int64
    /// Its words, encoded.
    let words: ArrayStore<UInt16>.Location
    /// The title by which it is sorted.
    let sortTitle: ArrayStore<UInt8>.Location
  }

  /// What filters, facets and orders need of a document.
  struct Facts: Sendable {
    /// Year, month and day as one number such as 20100225; unknown parts are 0.
    let date: Int32
    /// An index into `languages`.
    let language: UInt16
    /// An index into `types`.
    let type: UInt8
    /// Where its authors and topics begin in ``RecordIndex/named``.
    let named: UInt32

    var year: Int { Int(date) / 10_000 }
  }

  /// An author or a topic of a document.
  struct Named: Sendable {
    /// Twice the number, and 1 for a topic: topics and authors are counted in one array.
    let code: UInt32

    init(spelling: UInt32) { code = 2 * spelling }
    init(topic: UInt32) { code = 2 * topic + 1 }

    /// The number of the spelling of an author; nil for a topic.
    var spelling: UInt32? { code % 2 == 0 ? code / 2 : nil }
    /// The number of a topic; nil for an author.
    var topic: UInt32? { code % 2 == 1 ? code / 2 : nil }
  }

  /// The fields of a record, in the order in which a document has them.
  enum Field: UInt8, CaseIterable, Sendable {
    case title, abstract, authors, topics, series
    /// Words that may be the parts of one, put together: “suffi cient”, “co-operate”; and the keys
    /// of identifiers, which no word is.
    case joined

    var marker: UInt32 { Field.firstMarker + UInt32(rawValue) }

    /// How much a word counts.
    var weight: UInt64 { self == .title ? 3 : 1 }

    static let firstMarker = UInt32.max - 15
    /// Between two texts of one field, as two authors.
    static let gap = firstMarker + 14
    /// Set in the number of a word at the position of the word before it, of which it is a part or
    /// another spelling.
    static let samePosition: UInt32 = 1 << 31
  }
}

extension UInt32 {
  /// Whether it is the number of a word at the position of the word before it.
  var isAtSamePosition: Bool {
    self & RecordIndex.Field.samePosition != 0 && self < RecordIndex.Field.firstMarker
  }

  /// The number of the word without the flag of its position.
  var word: UInt32 {
    self < RecordIndex.Field.firstMarker ? self & ~RecordIndex.Field.samePosition : self
  }
}
