import Foundation
import PDF
import TestSupport
import Testing

@Suite("Every file stays within the limits and none crashes the process")
struct LimitTests {
  private let page = "BT /F1 12 Tf 72 700 Td (word) Tj ET"

  @Test("Page trees that come back to themselves, and those that lie")
  func pageTrees() throws {
    var loop = SampleFile(pages: [page, page])
    loop.objects[1] = Array("<</Type/Pages/Kids[3 0 R 2 0 R 5 0 R]/Count 9>>".utf8)
    var document = try text(of: loop.bytes)
    #expect(document.pages.count == 2)
    #expect(document.defects == [.pageTreeLoop(object: 2), .missingPages(read: 2, promised: 9)])
    #expect(
      document.defects.map(\.description) == ["page tree loops at object 2", "2 of 9 pages read"])

    var orphans = SampleFile(pages: [page, page])
    orphans.objects[1] = Array("<</Type/Pages/Kids[null 99 0 R (x)]/Count 2>>".utf8)
    document = try text(of: orphans.bytes)
    #expect(document.pages.count == 2)

    var dag = SampleFile()
    dag.add("<</Type/Catalog/Pages 2 0 R>>")
    for level in 2..<14 {
      let kids = String(repeating: "\(level + 1) 0 R ", count: 10)
      dag.add("<</Type/Pages/Count 1000000000/Kids[\(kids)]>>")
    }
    dag.add("<</Type/Page>>")
    #expect(try text(of: dag.bytes).pages.count == 1)
  }

  @Test("Pages, glyphs, operators and text are bounded")
  func bounds() throws {
    let file = SampleFile(pages: [page, page, page]).bytes
    #expect(try text(of: file, limits: Limits(pages: 2)).pages.count == 2)
    #expect(try text(of: file, limits: Limits(pages: 2)).defects.first == .tooManyPages(read: 2))
    #expect(
      try text(of: file, limits: Limits(pageGlyphs: 2)).defects.first == .tooMuchContent(page: 1))
    #expect(
      try text(of: file, limits: Limits(operators: 12)).defects.contains(.tooMuchContent(page: 2)))
    #expect(try lines(file, limits: Limits(textBytes: 5)).count == 2)
  }

  @Test("Glyphs scattered one by one cost no more than their number")
  func scattered() throws {
    // Backwards on one line, so that each piece is joined to those before it.
    let backwards = (0..<4000).reversed().map { "1 0 0 1 \($0 * 7) 700 Tm (a) Tj" }
    let apart = (0..<4000).map { "1 0 0 1 \($0 * 30) 500 Tm (b) Tj" }
    let content = "BT /F1 12 Tf " + (backwards + apart).joined(separator: " ") + " ET"
    let clock = ContinuousClock()
    let start = clock.now
    let document = try text(of: SampleFile(pages: [content]).bytes)
    #expect(document.hasText)
    #expect(clock.now - start < .seconds(20))
  }

  @Test("References that lead in a circle are null")
  func circles() throws {
    var file = SampleFile(pages: [page])
    file.objects[2] = Array(
      "<</Type/Page/Parent 2 0 R/Contents 5 0 R/MediaBox 6 0 R/Resources 5 0 R>>".utf8)
    file.add("6 0 R")
    file.add("5 0 R")
    #expect(try text(of: file.bytes).pages.count == 1)
  }

  @Test("A scan without text says so")
  func scan() throws {
    let image = SampleFile.stream([1, 2, 3], "/Subtype/Image/Filter/DCTDecode")
    var file = SampleFile(pages: ["/I Do"], resources: "/XObject<</I 5 0 R>>")
    file.objects.append(image)
    let document = try text(of: file.bytes)
    #expect(document.defects == [.noTextLayer])
    #expect(!document.hasText)
  }

  @Test("How many pages are images without text is said")
  func scannedPages() throws {
    let scan = "q BI /W 4 /H 1 /BPC 8 /CS /G ID abcd\nEI Q"
    let document = try text(
      of: SampleFile(pages: ["BT /F1 12 Tf 72 700 Td (cover) Tj ET", scan, scan + " BT ET"]).bytes)
    #expect(document.defects == [.scannedPages(count: 2, of: 3)])
  }

  /// A generator that gives the same numbers each time.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private static var seeds: [[UInt8]] {
    var files = [
      SampleFile(pages: ["BT /F1 12 Tf 72 700 Td [(a) -300 (b)] TJ ET /X Do q Q"]).bytes
    ]
    // AES is too slow for this in a build that is not optimised.
    files += [EncryptedFiles.rc4of128].compactMap { try? EncryptedFiles.bytes($0) }
    var fonts = SampleFile(
      pages: ["BT /F1 12 Tf 72 700 Td (ab) Tj /F2 9 Tf <00410042> Tj ET"],
      resources: "/Font<</F1 5 0 R/F2<</Subtype/Type0/Encoding 6 0 R/ToUnicode 6 0 R"
        + "/DescendantFonts[<</Subtype/CIDFontType2/W[1[500 600]3 9 700]/DW 900>>]>>>>")
    fonts.add("<</Subtype/Type1/Encoding<</Differences[97/fi/uni0041]>>/FirstChar 97/Widths[1 2]>>")
    fonts.add(
      stream: "begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange"
        + " 1 beginbfrange <0041><0043><0391> endbfrange 1 begincidrange <00><FF> 0 endcidrange")
    files.append(fonts.bytes)
    return files
  }

  @Test("Files changed at random are read or refused", arguments: 0..<LimitTests.seeds.count)
  func mutations(_ seed: Int) {
    var random = Seeded(state: 0x9E37_79B9_7F4A_7C15 &+ UInt64(seed))
    let original = Self.seeds[seed]
    let limits = Limits(
      streamBytes: 1 << 16, inflatedBytes: 1 << 20, operators: 20_000, pages: 20)
    let words = ["9999999999", "-1", "<<", "[", "(", "R", "obj", "/Kids", "stream", "\0", "0"]
    for _ in 0..<500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          let word = words[Int.random(in: 0..<words.count, using: &random)]
          bytes.insert(contentsOf: Array(word.utf8), at: place)
        case 3: bytes.removeSubrange(place..<min(place + 20, bytes.count))
        default:
          let end = min(place + Int.random(in: 1...40, using: &random), bytes.count)
          bytes.insert(contentsOf: bytes[place..<end], at: 0 + bytes.count / 2)
        }
      }
      _ = try? text(of: bytes, limits: limits)
    }
  }

  /// Files that others have broken, where they lie beside the project.
  private static let corpus: [URL] = {
    let folder = URL(filePath: "../shared/data/pdfs-bad", directoryHint: .isDirectory)
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "pdf" }
  }()

  @Test("Every broken file gives a result or says why not", arguments: corpus)
  func broken(_ file: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    let limits = Limits(
      streamBytes: 1 << 19, inflatedBytes: 1 << 22, operators: 100_000, pageGlyphs: 10_000)
    do throws(PDFError) {
      let document = try text(of: bytes, limits: limits)
      #expect(!document.pages.isEmpty)
    } catch {
      #expect(!error.description.isEmpty)
    }
  }
}
