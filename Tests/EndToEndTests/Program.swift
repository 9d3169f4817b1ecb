import Dispatch
import Foundation
import Glibc
import Synchronization

/// The real program, running as a process of its own.
///
/// What it writes is collected as it comes, so that it never waits for its reader.
final class Program: Sendable {
  let process: pid_t
  private let output = Collected()
  private let errors = Collected()
  private let ended = Mutex<Int32?>(nil)
  private let exited = DispatchSemaphore(value: 0)

  /// Where the build puts the program: beside the tests.
  static let path: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(fileURLWithPath: tests).deletingLastPathComponent()
    return ProcessInfo.processInfo.environment["OFFPRINT_BINARY"]
      ?? beside.appendingPathComponent("offprint").path
  }()

  /// Starts `offprint` with arguments.
  ///
  /// - Parameters:
  ///   - arguments: What stands behind the name of the program.
  ///   - environment: Added to an environment in which nothing of Offprint's is set.
  ///   - wrapper: A command that starts what is given to it, as `prlimit` does.
  ///   - input: What the program reads on standard input.
  ///   - path: Where the program is, if not where the tests were built.
  /// - Throws: ``ProgramError`` when it cannot be started.
  init(
    _ arguments: [String], environment: [String: String] = [:], wrapper: [String] = [],
    input: String = "", path: String = Program.path
  ) throws {
    _ = Glibc.signal(SIGPIPE, SIG_IGN)
    var pipes: [[Int32]] = []
    for _ in 0..<3 {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw ProgramError.notStarted(errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0)
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1)
    posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2)
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OFFPRINT_") }
    // A package that is installed here has settings of its own.
    variables["OFFPRINT_CONFIG"] = ""
    variables.merge(environment) { $1 }
    let command = wrapper + [path] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + settings { free(word) } }
    var started = pid_t()
    let result = posix_spawnp(&started, command[0], &actions, nil, &words, &settings)
    for (index, ends) in pipes.enumerated() { close(ends[index == 0 ? 0 : 1]) }
    guard result == 0 else {
      close(pipes[0][1])
      close(pipes[1][0])
      close(pipes[2][0])
      throw ProgramError.notStarted(result)
    }
    process = started
    Cleanup.started(started)
    output.collect(from: pipes[1][0])
    errors.collect(from: pipes[2][0])
    watch()
    let octets = Array(input.utf8)
    if !octets.isEmpty { write(pipes[0][1], octets, octets.count) }
    close(pipes[0][1])
  }

  /// What it has written to standard output so far.
  var outputText: String { output.text }
  /// What it has written to standard error so far.
  var errorText: String { errors.text }

  /// Waits until standard output has what `find` looks for.
  func wait<Found>(within seconds: Int = 60, for find: (String) -> Found?) throws -> Found {
    guard let found = output.wait(within: seconds, for: find) else {
      throw ProgramError.unsaid(output: outputText, errors: errorText)
    }
    return found
  }

  func send(_ number: Int32) { _ = kill(process, number) }

  /// Waits until the program has ended by itself.
  ///
  /// - Parameter seconds: After these it is killed.
  /// - Returns: Its exit status; 128 and the signal's number when a signal ended it.
  /// - Throws: ``ProgramError/endless`` when it had to be killed.
  @discardableResult
  func exitStatus(within seconds: Int = 60) throws -> Int32 {
    if ended.withLock({ $0 }) == nil, exited.wait(timeout: .now() + .seconds(seconds)) == .timedOut
    {
      send(SIGKILL)
      exited.wait()
      throw ProgramError.endless(output: outputText, errors: errorText)
    }
    output.finish()
    errors.finish()
    return ended.withLock { $0 } ?? -1
  }

  /// Ends it at once, as a power failure would.
  func crash() {
    send(SIGKILL)
    _ = try? exitStatus()
  }

  private func watch() {
    DispatchQueue(label: "program.exit").async { [self] in
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      Cleanup.ended(process)
      let number = status & 0x7F
      ended.withLock { $0 = number == 0 ? (status >> 8) & 0xFF : 128 + number }
      exited.signal()
    }
  }
}

enum ProgramError: Error {
  case notStarted(Int32)
  /// It did not say what was waited for.
  case unsaid(output: String, errors: String)
  /// It did not end.
  case endless(output: String, errors: String)
}

/// What a program writes to one of its descriptors.
private final class Collected: @unchecked Sendable {
  // Sendable because `octets` and `isComplete` are used under `condition` alone.
  private let condition = NSCondition()
  private var octets: [UInt8] = []
  private var isComplete = false

  var text: String {
    condition.withLock { String(decoding: octets, as: UTF8.self) }
  }

  func collect(from descriptor: Int32) {
    DispatchQueue(label: "program.output").async { [self] in
      var buffer = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        condition.withLock {
          if count > 0 { octets += buffer[..<count] } else { isComplete = true }
          condition.broadcast()
        }
        if count <= 0 { break }
      }
      close(descriptor)
    }
  }

  func wait<Found>(within seconds: Int, for find: (String) -> Found?) -> Found? {
    let deadline = Date(timeIntervalSinceNow: Double(seconds))
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let found = find(String(decoding: octets, as: UTF8.self)) { return found }
      if isComplete || !condition.wait(until: deadline) { return nil }
    }
  }

  /// Waits for the end of the output of a program that has ended.
  func finish() {
    let deadline = Date(timeIntervalSinceNow: 5)
    condition.withLock {
      while !isComplete, condition.wait(until: deadline) {}
    }
  }
}
