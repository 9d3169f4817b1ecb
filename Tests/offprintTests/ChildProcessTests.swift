import Archive
import Foundation
import Testing

@testable import offprint

@Suite("A child ends within its limits and says what it has to say")
struct ChildProcessTests {
  // As the program does first of all.
  init() { _ = signal(SIGPIPE, SIG_IGN) }

  private func run(
    _ script: String, input: ChildProcess.Input = .nothing, limit: Int = 1 << 20,
    deadline: Duration = .seconds(20)
  ) throws -> ChildProcess.Outcome {
    try ChildProcess(
      program: "/bin/sh", arguments: ["-c", script], input: input, outputLimit: limit,
      deadline: deadline
    ).run()
  }

  @Test(
    arguments: [
      ("exit 0", .exit(0)), ("exit 3", .exit(3)), ("kill -9 $$", .signal(9)),
      // What this process ignores, its child does not.
      ("kill -PIPE $$", .signal(13)),
    ] as [(String, ChildProcess.Ending)])
  func ending(_ script: String, is ending: ChildProcess.Ending) throws {
    #expect(try run(script).ending == ending)
  }

  @Test func outputAndErrorsAreKeptApart() throws {
    let outcome = try run("echo out; echo err >&2")
    #expect(outcome.output == Array("out\n".utf8))
    #expect(outcome.errors == "err\n")
  }

  @Test func largeInputAndOutputAtOnce() throws {
    let octets = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let outcome = try run("cat", input: .octets(octets), limit: 4 << 20)
    #expect(outcome.output == octets)
    #expect(outcome.ending == .exit(0))
  }

  @Test func inputThatNobodyReads() throws {
    let octets = [UInt8](repeating: 65, count: 1 << 20)
    #expect(try run("exec <&-; echo done", input: .octets(octets)).ending == .exit(0))
  }

  @Test func fileAsInput() throws {
    let outcome = try run("wc -c", input: .file(#filePath))
    let length = try Data(contentsOf: URL(filePath: #filePath)).count
    #expect(String(decoding: outcome.output, as: UTF8.self) == "\(length)\n")
  }

  @Test func tooMuchOutput() throws {
    let outcome = try run("while :; do echo lines without end; done", limit: 10_000)
    #expect(outcome.ending == .tooMuchOutput)
    #expect(outcome.output.count == 10_000)
  }

  @Test func manyErrorsAreCutAndDoNotEndIt() throws {
    let outcome = try run("yes | head -c 1000000 >&2; echo done")
    #expect(outcome.output == Array("done\n".utf8))
    #expect(outcome.errors.count == 16 << 10)
  }

  @Test(arguments: ["sleep 100", "exec >&- 2>&-; sleep 100"])
  func deadline(_ script: String) throws {
    #expect(try run(script, deadline: .milliseconds(50)).ending == .deadline)
  }

  @Test func calledOff() throws {
    let child = ChildProcess(
      program: "/bin/sh", arguments: ["-c", "sleep 100"], outputLimit: 10, deadline: .seconds(60),
      isCancelled: { true })
    #expect(try child.run().ending == .cancelled)
  }

  @Test func nothingIsInheritedButTheThree() throws {
    let descriptor = open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    let outcome = try run("ls /proc/self/fd | wc -l; env | grep -c HOME=")
    // The fourth is what ls opens to list them.
    #expect(String(decoding: outcome.output, as: UTF8.self) == "4\n0\n")
  }

  @Test func programThatIsNotThere() {
    let child = ChildProcess(
      program: "/nowhere/reader", arguments: [], outputLimit: 1, deadline: .seconds(1))
    let error = #expect(throws: ChildProcess.Failure.self) { try child.run() }
    #expect(
      error.map { "\($0)" } == "/nowhere/reader: could not be started: no such file or directory")
  }
}

@Suite("What a reader's child did becomes text, or words for staff")
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

@Suite("Pages are asked for as 3, 3-7, 3- or -7")
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
