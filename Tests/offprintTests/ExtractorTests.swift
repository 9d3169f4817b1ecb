import Archive
import Foundation
import System
import Testing

@testable import offprint

@Suite("The outcome of an extraction process becomes text or a message for staff")
struct ExtractorTests {
  private func interpret(
    _ ending: ChildProcess.Ending, _ output: String = "", errors: String = ""
  ) throws -> Extractor.Result {
    Extractor(try Settings()).interpret(
      .init(output: Array(output.utf8), errors: errors, ending: ending))
  }

  @Test(
    arguments: [
      (
        json(
          pages: #"{"page":1,"text":"One","blocks":[]},{"page":3,"text":"Three","blocks":[]}"#),
        .read(
          Extractor.Reading(
            pages: ["One", "", "Three"], contents: FileContents(pageCount: 3, blocks: []),
            findings: Findings()))
      ),
      (json(pages: "", error: #","error":"not a PDF""#), .unreadable("not a PDF")),
      (
        json(
          pages: "",
          error: #","error":"it needs a password","facts":{"needsPassword":true,"#
            + #""isEncrypted":true,"pagesWithoutText":0,"isTagged":false}"#),
        .unreadable(
          "it needs a password", facts: FileFacts(needsPassword: true, isEncrypted: true))
      ),
      (
        json(
          pages: #"{"page":1,"text":" \n","blocks":[]}"#,
          defects: #""no text layer (scanned images)""#),
        .unreadable("no text layer (scanned images)", pages: 1)
      ),
      (
        json(
          pages: #"{"page":1,"text":"","blocks":[]}"#, defects: #""a is lost","b is lost""#),
        .unreadable("no text on any page (a is lost; b is lost)", pages: 1)
      ),
      (
        json(pages: #"{"page":1,"text":"","blocks":[]}"#),
        .unreadable("no text on any page", pages: 1)
      ),
      (
        json(pages: #"{"page":0,"text":"a","blocks":[]}"#), .unreadable("it has no pages", pages: 0)
      ),
      (
        json(pages: #"{"page":9223372036854775807,"text":"a","blocks":[]}"#),
        .unreadable("it has no pages", pages: 0)
      ),
      ("", .unreadable("text extraction crashed")),
      ("{", .unreadable("text extraction crashed")),
    ] as [(String, Extractor.Result)])
  func output(_ json: String, is result: Extractor.Result) throws {
    #expect(try interpret(.exit(0), json) == result)
  }

  @Test(
    arguments: [
      (.deadline, "text extraction took longer than 2 min"),
      (.signal(24), "text extraction took more than 1 min of processor time"),
      (.signal(4), "text extraction crashed (signal 4)"),
      (.tooMuchOutput, "it contains more than 64 MiB of text"),
    ] as [(ChildProcess.Ending, String)])
  func ending(_ ending: ChildProcess.Ending, says words: String) throws {
    #expect(try interpret(ending) == .unreadable(words))
  }

  @Test func failureThatWasExplained() throws {
    #expect(
      try interpret(.exit(1), errors: "offprint: cannot lower address space: no\n")
        == .unreadable("text extraction crashed: offprint: cannot lower address space: no"))
  }
}

/// What a child prints.
private func json(pages: String, defects: String = "", error: String = "") -> String {
  #"{"pageCount":3,"pages":[\#(pages)],"findings":{},"outline":[],"links":[],"#
    + #""defects":[\#(defects)]\#(error)}"#
}

@Suite("Page ranges are written as 3, 3-7, 3- or -7")
struct PageRangeTests {
  @Test(
    arguments: [
      ("3", [3]), ("3-5", [3, 4, 5]), ("4-", [4, 5, 6]), ("-2", [1, 2]), ("0", nil), ("5-3", nil),
      ("", nil), ("-", nil), ("a", nil), ("1-b", nil), ("-0", nil), ("1-2-3", nil),
      ("99999999999999999999", nil), ("+1", nil),
    ] as [(String, [Int]?)])
  func range(_ text: String, holds pages: [Int]?) {
    #expect(PageRange(text).map { range in (1...6).filter(range.contains) } == pages)
  }
}
