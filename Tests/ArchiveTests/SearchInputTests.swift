import Foundation
import SearchSubjects
import Testing

@Suite("A search answers whatever is typed")
final class SearchInputTests {
  private let subject: SearchSubject

  init() throws {
    subject = try SearchSubject(
      folder: FileManager.default.temporaryDirectory.appending(path: "search-\(UUID())").path)
  }

  deinit { subject.remove() }

  /// What people and programs type that means something elsewhere, or nothing anywhere.
  private static let pieces = [
    "\"", "\"\"", "*", "**", "NEAR(", ")", " AND ", " OR ", " NOT ", "-", "--", "^", ":", "title:",
    "title:\"", "year:", "year:2008..", "year:9999999999999999999..1", "type:", "lang:", "author:-",
    "{", "}", "+", "\0", "\u{1}", "\u{FFFD}", "🌍", "👩‍👩‍👧", "e\u{301}", "中", "中国", "한국", "ｶﾞ", "'", "''",
    "harbour", "pi", "ff", "fi", "ffi cient", "\u{202E}", "\u{FEFF}", "%", "_", "\\", "\n", "\r\n",
    " ", "\u{2028}", "“", "”", "a", "1", "the", "of", "İ", "ß", "مرفأ", "שלום",
    String(repeating: "x", count: 300), ";--", String(repeating: "\u{301}", count: 50),
    "\u{1F1E6}\u{1F1E7}",
  ]

  @Test(arguments: pieces)
  func alone(_ piece: String) throws {
    try subject.check([0] + Array(piece.utf8))
    try subject.check([0] + Array("harbours \(piece)".utf8))
    try subject.check([0] + Array("\(piece)harbours".utf8))
    try subject.check([SearchSubject.passage] + Array("harbours \(piece)".utf8))
  }

  @Test("A hundred thousand octets of it", arguments: pieces)
  func long(_ piece: String) throws {
    let times = 100_000 / piece.utf8.count
    let text = Array(String(repeating: piece, count: times).utf8)
    try subject.check([0] + text)
    try subject.check([SearchSubject.passage] + text)
  }

  @Test func brokenUTF8() throws {
    for octets: [UInt8] in [
      [0xFF], [0xC3], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] {
      try subject.check([0] + octets + Array("harbours".utf8) + octets)
    }
  }

  @Test func mixtures() throws {
    var generator = Seeded(state: 20_100_225)
    for _ in 0..<600 {
      let text = (0..<Int.random(in: 0...12, using: &generator))
        .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
      try subject.check([UInt8.random(in: 0...255, using: &generator)] + Array(text.utf8))
    }
    for _ in 0..<400 {
      let count = Int.random(in: 0...60, using: &generator)
      try subject.check((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test func whatBrokeItOnce() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "FuzzSearch/Corpus")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.isEmpty)
    for name in names {
      try subject.check([UInt8](try Data(contentsOf: folder.appending(path: name))))
    }
  }
}
