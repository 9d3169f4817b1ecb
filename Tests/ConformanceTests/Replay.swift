import Foundation
import FuzzSubjects
import Testing

@Suite("Fuzzer findings and seeds do not crash")
struct ReplayTests {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FuzzHTTP/Corpus")

  @Test(arguments: FuzzSubject.allCases)
  func corpus(of subject: FuzzSubject) throws {
    let folder = Self.corpus.appending(path: subject.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.isEmpty)
    for name in names {
      let input = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      #expect(throws: Never.self, "\(name)") { try subject.check(input) }
    }
  }
}
