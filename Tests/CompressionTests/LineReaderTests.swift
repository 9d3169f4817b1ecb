import Compression
import Foundation
import Testing

/// Every line, or the error in its place.
private func results(of path: String, longest: Int = 100) throws -> [String] {
  var reader = try LineReader(path: path, longestLine: longest)
  var found: [String] = []
  while found.count < 1000 {
    do {
      guard let line = try reader.next() else { break }
      found.append("\(reader.lineNumber): " + String(decoding: line, as: UTF8.self))
    } catch {
      found.append("\(error)")
    }
  }
  return found
}

private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result
{
  let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try Data(bytes).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  return try body(file.path)
}

@Suite("A file is read line by line, plain or gzip")
struct LineReaderTests {
  @Test(
    arguments: [
      ("", []),
      ("\n", ["1: "]),
      ("one", ["1: one"]),
      ("one\n", ["1: one"]),
      ("one\n\nthree\r\nfour", ["1: one", "2: ", "3: three\r", "4: four"]),
      (
        "a\n" + String(repeating: "x", count: 101) + "\nc",
        ["1: a", "lineTooLong(line: 2, longest: 100)", "3: c"]
      ),
      (
        String(repeating: "x", count: 300_000) + "\nb\n" + String(repeating: "y", count: 300_000),
        ["lineTooLong(line: 1, longest: 100)", "2: b", "lineTooLong(line: 3, longest: 100)"]
      ),
    ])
  func lines(of text: String, are expected: [String]) throws {
    let bytes = Array(text.utf8)
    let half = bytes.count / 2
    let files = [bytes, gzip(bytes), gzip(Array(bytes[..<half])) + gzip(Array(bytes[half...]))]
    for file in files {
      let found = try withFile(file) { try results(of: $0) }
      #expect(found == expected)
    }
  }

  @Test func linesBeforeDamageAreRead() throws {
    let numbers = (1...400).map { "\($0 * $0 * 7919)\n" }.joined()
    let member = gzip(Array(numbers.utf8))
    try withFile(Array(member.prefix(member.count / 2))) { path in
      let found = try results(of: path)
      #expect(found.count > 100 && found.count < 400)
      #expect(found.first == "1: 7919")
      #expect(
        found.last == "damaged(afterLine: \(found.count - 1), Compression.InflateError.truncated)")
    }
  }

  @Test func manyLinesKeepTheirNumbers() throws {
    let text = (1...50_000).map { "line \($0)\n" }.joined()
    try withFile(gzip(Array(text.utf8))) { path in
      var reader = try LineReader(path: path)
      var last: [UInt8] = []
      while let line = try reader.next() { last = line }
      #expect(last == Array("line 50000".utf8))
      let (number, read, all) = (reader.lineNumber, reader.bytesRead, reader.fileBytes)
      #expect(number == 50_000)
      #expect(read == all)
    }
  }

  @Test func aMissingFileIsSaid() {
    #expect(throws: LineError.unreadable(call: "open", number: ENOENT)) {
      _ = try LineReader(path: "/nowhere/catalogue.jsonl")
    }
  }

  @Test func aFolderIsNoFile() throws {
    var reader = try LineReader(path: FileManager.default.temporaryDirectory.path)
    #expect(throws: LineError.unreadable(call: "read", number: EISDIR)) { try reader.next() }
    let after = try reader.next()
    #expect(after == nil)
  }
}
