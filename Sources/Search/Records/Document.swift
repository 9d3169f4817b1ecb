extension RecordIndex {
  /// A record in the index; one without an id is an empty place.
  struct Document: Sendable {
    let id: Int64
    /// Seconds since 1970 from which on it is public.
    let visibleFrom: Int64
    /// The file whose pages are its text; 0 without one.
    let file: Int64
    /// In UTF-8.
    let sortTitle: [UInt8]
    /// The numbers of the words, with a marker before each field.
    ///
    /// Words at one position follow each other, all but the first of them flagged with
    /// ``Field/samePosition``.
    let words: DocumentWords

    static let empty = Self(id: 0, visibleFrom: 0, file: 0, sortTitle: [], words: DocumentWords([]))
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

extension RecordIndex.Document {
  /// The words, each once.
  func distinctWords() -> [UInt32] {
    var distinct: [UInt32] = []
    for number in words.lazy.filter({ $0 < RecordIndex.Field.firstMarker }).map(\.word).sorted()
    where number != distinct.last {
      distinct.append(number)
    }
    return distinct
  }

  /// How often it has each stem, counted by the weights of fields and at most 255, in the order of
  /// their numbers.
  func stemCounts(in vocabulary: Vocabulary) -> [(stem: UInt32, count: UInt8)] {
    var weight: UInt64 = 1
    // A stem and, in the lowest byte, how much it counts.
    var weighed: [UInt64] = []
    for number in words {
      if number < RecordIndex.Field.firstMarker {
        weighed.append(UInt64(vocabulary.stemOfWord[Int(number.word)]) << 8 | weight)
      } else if number != RecordIndex.Field.gap {
        weight = number == RecordIndex.Field.title.marker ? RecordIndex.Field.title.weight : 1
      }
    }
    weighed.sort()
    var counts: [(stem: UInt32, count: UInt8)] = []
    for next in weighed {
      let stem = UInt32(next >> 8)
      let more = UInt8(truncatingIfNeeded: next)
      if let last = counts.last, last.stem == stem {
        counts[counts.count - 1].count = UInt8(clamping: Int(last.count) + Int(more))
      } else {
        counts.append((stem, more))
      }
    }
    return counts
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
