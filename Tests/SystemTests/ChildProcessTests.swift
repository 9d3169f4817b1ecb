import Foundation
import System
import Testing

@Suite("A child process ends within its limits and its output is collected")
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
    let outcome = try run("cat", input: .bytes(octets), limit: 4 << 20)
    #expect(outcome.output == octets)
    #expect(outcome.ending == .exit(0))
  }

  @Test func inputThatNobodyReads() throws {
    let octets = [UInt8](repeating: 65, count: 1 << 20)
    #expect(try run("exec <&-; echo done", input: .bytes(octets)).ending == .exit(0))
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
