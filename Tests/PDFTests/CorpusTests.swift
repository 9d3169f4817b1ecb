import Foundation
import PDFSubjects
import Testing

@Suite("The fuzzing corpus is read without a crash")
struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FuzzPDF/Corpus")
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []

  @Test("Every subject has its files")
  func subjects() throws {
    let first = try Self.names.map { name in
      try Int(#require(Data(contentsOf: Self.folder.appending(path: name)).first))
    }
    #expect(Set(first) == Set(PDFSubject.allCases.indices))
  }

  @Test(arguments: names)
  func file(named name: String) throws {
    let bytes = try Array(Data(contentsOf: Self.folder.appending(path: name)))
    let start = ContinuousClock.now
    PDFSubject.read(bytes)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
