import DrawingSubjects
import Foundation
import Testing

@Suite("The fuzzing corpus of drawings is drawn without a crash")
struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FuzzDrawing/Corpus")
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []

  @Test("Every subject has its files")
  func subjects() throws {
    let first = try Self.names.map { name in
      try Int(#require(Data(contentsOf: Self.folder.appending(path: name)).first))
    }
    #expect(Set(first) == Set(DrawingSubject.allCases.indices))
  }

  @Test(arguments: names)
  func file(named name: String) throws {
    DrawingSubject.read(try Array(Data(contentsOf: Self.folder.appending(path: name))))
  }
}
