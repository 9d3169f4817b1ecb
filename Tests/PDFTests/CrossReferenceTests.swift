import Compression
import PDF
import TestSupport
import Testing

@Suite("Objects are found by every kind of cross-reference, and without one (ISO 32000-1 §7.5)")
struct CrossReferenceTests {
  private let sample = SampleFile(pages: ["BT /F1 12 Tf 72 700 Td (found) Tj ET"])

  private func defects(_ bytes: [UInt8]) throws -> [Defect] { try text(of: bytes).defects }

  @Test("A table")
  func table() throws {
    #expect(try lines(sample.bytes) == ["found"])
    #expect(try defects(sample.bytes).isEmpty)
  }

  @Test("Bytes before the header, from which offsets count")
  func lateHeader() throws {
    let file = Array("From a mail:\r\n".utf8) + sample.bytes
    #expect(try lines(file) == ["found"])
    #expect(try defects(file).isEmpty)
  }

  /// The entries of a cross-reference stream, of four bytes each.
  private func entries(_ offsets: [Int]) -> [UInt8] {
    [0, 0, 0, 0] + offsets.flatMap { [1, UInt8($0 >> 8), UInt8($0 & 255), 0] }
  }

  @Test("A stream, plain and compressed with a predictor", arguments: [false, true])
  func stream(isCompressed: Bool) throws {
    var (file, offsets) = sample.body
    offsets.append(file.count)
    var data = entries(offsets)
    var filter = ""
    if isCompressed {
      // Each row is the difference to the one above (PNG type 2).
      var rows: [UInt8] = []
      for row in 0..<data.count / 4 {
        rows.append(2)
        for column in 0..<4 {
          let above = row > 0 ? data[4 * row - 4 + column] : 0
          rows.append(data[4 * row + column] &- above)
        }
      }
      data = deflate(rows)
      filter = "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>"
    }
    let start = file.count
    file += Array("5 0 obj\n".utf8)
    file += SampleFile.stream(data, "/Type/XRef/W[1 2 1]/Size 6/Root 1 0 R\(filter)")
    file += Array("\nendobj\nstartxref\n\(start)\n%%EOF".utf8)
    #expect(try lines(file) == ["found"])
    #expect(try defects(file).isEmpty)
  }

  @Test("Objects in an object stream, also of a hybrid file", arguments: [false, true])
  func objectStream(isHybrid: Bool) throws {
    var file = Array("%PDF-1.5\n".utf8)
    let content = file.count
    file += Array("4 0 obj\n".utf8)
    file += SampleFile.stream(Array("BT /F1 12 Tf 72 700 Td (found) Tj ET".utf8))
    file += Array("\nendobj\n".utf8)
    let parts = (0..<3).map { String(decoding: sample.objects[$0], as: UTF8.self) }
    var head = ""
    var offset = 0
    for (index, part) in parts.enumerated() {
      head += "\(index + 1) \(offset) "
      offset += part.utf8.count + 1
    }
    let objectStream = file.count
    file += Array("5 0 obj\n".utf8)
    file += SampleFile.stream(
      deflate(Array((head + parts.joined(separator: " ")).utf8)),
      "/Type/ObjStm/N 3/First \(head.utf8.count)/Filter/FlateDecode")
    file += Array("\nendobj\n".utf8)
    let table = file.count
    var data: [UInt8] = [0, 0, 0, 0]
    for index: UInt8 in 0..<3 { data += [2, 0, 5, index] }
    data += [1, UInt8(content >> 8), UInt8(content & 255), 0]
    data += [1, UInt8(objectStream >> 8), UInt8(objectStream & 255), 0]
    data += [1, UInt8(table >> 8), UInt8(table & 255), 0]
    file += Array("6 0 obj\n".utf8)
    file += SampleFile.stream(data, "/Type/XRef/W[1 2 1]/Size 7/Root 1 0 R")
    file += Array("\nendobj\n".utf8)
    if isHybrid {
      let start = file.count
      file += Array(
        "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 7/Root 1 0 R/XRefStm \(table)>>\n".utf8)
      file += Array("startxref\n\(start)\n%%EOF".utf8)
    } else {
      file += Array("startxref\n\(table)\n%%EOF".utf8)
    }
    #expect(try lines(file) == ["found"])
    #expect(try defects(file).isEmpty)
  }

  @Test("An incremental update replaces an object")
  func update() throws {
    var file = sample.bytes
    let start = String(decoding: file, as: UTF8.self).components("startxref\n")
    let object = file.count
    file += Array("4 0 obj\n".utf8)
    file += SampleFile.stream(Array("BT /F1 12 Tf 72 700 Td (newer) Tj ET".utf8))
    file += Array("\nendobj\n".utf8)
    let table = file.count
    file += Array("xref\n4 1\n\(SampleFile.entry(object))".utf8)
    file += Array("trailer\n<</Size 5/Root 1 0 R/Prev \(start)>>\nstartxref\n\(table)\n".utf8)
    #expect(try lines(file) == ["newer"])
    #expect(try defects(file).isEmpty)
  }

  @Test(
    "A table that is wrong is rebuilt, and that is said",
    arguments: [
      ("xref\n", "xxxx\n"),
      ("startxref\n", "startxref\n9"),
      ("startxref", "endxref"),
      ("trailer", "tiarler"),
      ("00000 n", "0000x n"),
      ("/Root 1 0 R", "/Root 4 0 R"),
      ("/Root 1 0 R", "/Rout 1 0 R"),
      ("3 0 obj", "\n\n\n3 0 obj"),
    ] as [(String, String)])
  func repair(_ part: String, _ damaged: String) throws {
    let file = String(decoding: sample.bytes, as: UTF8.self).replacing(part, with: damaged)
    #expect(try lines(Array(file.utf8)) == ["found"])
    #expect(try defects(Array(file.utf8)) == [.rebuiltCrossReference])
  }

  @Test("Half a file still has the pages whose objects are in it")
  func half() throws {
    let pages = (1...8).map { "BT /F1 12 Tf 72 700 Td (page \($0)) Tj ET" }
    let file = SampleFile(pages: pages).bytes
    let shown = try lines(Array(file.prefix(file.count / 2)))
    #expect(shown.count >= 2)
    #expect(shown.first == "page 1")
  }

  @Test("Sections that name each other in a circle are read once")
  func loop() throws {
    let text = String(decoding: sample.bytes, as: UTF8.self)
    let start = text.components("startxref\n")
    let file = text.replacing("/Root 1 0 R>>", with: "/Root 1 0 R/Prev \(start)>>")
    #expect(try lines(Array(file.utf8)) == ["found"])
  }

  @Test(
    "What is no PDF is refused",
    arguments: ["", "<html>", "%PDF", "PK\u{3}\u{4}", "%PDF-1.7\n", "%PDF-1.7\n%%EOF"])
  func noPDF(_ bytes: String) {
    #expect(throws: PDFError.self) { try text(of: Array(bytes.utf8)) }
  }

  @Test("Without a header or an object a file is no PDF")
  func errors() {
    #expect(throws: PDFError.notPDF) { try text(of: Array("<html></html>".utf8)) }
    #expect(throws: PDFError.noPages(promised: 0)) {
      try text(of: Array("%PDF-1.4 1 0 obj 5 endobj".utf8))
    }
    #expect(throws: PDFError.noPages(promised: 12)) {
      try text(of: Array("%PDF-1.4 1 0 obj <</Type/Pages/Kids[9 0 R]/Count 12>> endobj".utf8))
    }
  }
}

extension String {
  /// The number after a word.
  fileprivate func components(_ word: String) -> Int {
    guard let range = firstRange(of: word) else { return 0 }
    return Int(self[range.upperBound...].prefix { $0.isNumber }) ?? 0
  }
}
