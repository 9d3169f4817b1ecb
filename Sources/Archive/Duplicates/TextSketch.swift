internal import SQLite
internal import Search

/// A sketch of the first pages of a text, to tell how much of it another text repeats.
///
/// A text is the set of its runs of three words. The sketch has the smallest hashes of the set
/// (Broder's bottom-k sketch): of the smallest ones of two texts together, the share that is in
/// both estimates the share of runs that is in both. It has a fixed size however long the text is.
struct TextSketch: Sendable, Equatable {
  /// In ascending order, each once.
  let hashes: [UInt64]

  /// How many hashes a sketch has; the estimate is off by a tenth or less in nine of ten cases.
  static let size = 128
  /// The pages that count: title, summary and introduction, where versions of a work agree.
  static let pages = 5
  /// The fewest runs that say something; a cover has fewer.
  static let fewest = 64

  /// Makes the sketch of a text; empty when there is too little text.
  init(pages: [String]) {
    var folding = Folding()
    var hashes: Set<UInt64> = []
    for page in pages.prefix(TextSketch.pages) {
      let words = folding.fold(page).split(separator: 0x20).map(TextSketch.hash)
      guard words.count >= 3 else { continue }
      for index in 2..<words.count {
        hashes.insert(TextSketch.mix(words[index - 2], words[index - 1], words[index]))
      }
    }
    self.hashes =
      hashes.count < TextSketch.fewest ? [] : Array(hashes.sorted().prefix(TextSketch.size))
  }

  init(stored bytes: [UInt8]) {
    hashes = stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  var stored: [UInt8] {
    hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) } }
  }

  /// The share of runs that two texts have in common, from 0 to 1.
  func similarity(to other: TextSketch) -> Double {
    var (left, right, seen, common) = (0, 0, 0, 0)
    while seen < TextSketch.size, left < hashes.count, right < other.hashes.count {
      let (one, two) = (hashes[left], other.hashes[right])
      if one == two { common += 1 }
      if one <= two { left += 1 }
      if two <= one { right += 1 }
      seen += 1
    }
    // The rest of the longer one is in one text only.
    seen = min(TextSketch.size, seen + hashes.count - left + other.hashes.count - right)
    return seen == 0 ? 0 : Double(common) / Double(seen)
  }

  /// FNV-1a, the same in every process.
  private static func hash(_ word: ArraySlice<UInt8>) -> UInt64 {
    word.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// Mixes the hashes of three words, whose order counts (the finalizer of MurmurHash3).
  private static func mix(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    var hash = (first &* 31 &+ second) &* 31 &+ third
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}

extension Connection {
  func storeSketch(_ sketch: TextSketch, ofFile file: Int64) throws {
    let stored = try row("SELECT sketch FROM text_sketch WHERE file = \(file)") { $0.bytes(0) }
    guard stored != sketch.stored else { return }
    try run("DELETE FROM text_sketch WHERE file = \(file)")
    guard !sketch.hashes.isEmpty else { return }
    try run("INSERT INTO text_sketch (file, sketch) VALUES (\(file), \(sketch.stored))")
  }
}
