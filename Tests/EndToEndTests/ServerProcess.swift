import Foundation
import Glibc

/// `offprint serve` on a port of its own, with a folder that goes away with it.
final class ServerProcess: Sendable {
  let program: Program
  let port: UInt16
  let folder: Folder

  /// Starts a server and waits for the line that names its address.
  ///
  /// - Parameters:
  ///   - folder: The data folder; a new one when nil.
  ///   - arguments: More arguments for `serve`.
  ///   - environment: Settings given by environment.
  ///   - wrapper: A command that starts the server.
  ///   - path: Where the program is, if not where the tests were built.
  /// - Throws: ``ProgramError`` when it does not say where it listens.
  init(
    _ folder: Folder? = nil, _ arguments: [String] = [], environment: [String: String] = [:],
    wrapper: [String] = [], path: String = Program.path
  ) throws {
    let folder = try folder ?? Folder()
    let program = try Program(
      ["serve", "--data", folder.path, "--listen", "127.0.0.1:0"] + arguments,
      environment: environment, wrapper: wrapper, path: path)
    self.folder = folder
    self.program = program
    port = try program.wait { text in
      text.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)/).flatMap { UInt16($0.1) }
    }
  }

  deinit { program.crash() }

  /// The one-time address that makes the first administrator, as a path with its query.
  func invitation() throws -> String {
    try program.wait(within: 10) { text in
      text.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+(\/staff\/[^\s"]+)/).map { String($0.1) }
    }
  }

  func wire(patience: Int = 20) throws -> Wire { try Wire(port: port, patience: patience) }

  /// One request on a connection of its own.
  func fetch(
    _ target: String, _ fields: [String] = [], method: String = "GET", content: [UInt8]? = nil
  ) throws -> Answer {
    let wire = try wire()
    var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
    for field in fields { head += field + "\r\n" }
    if let content { head += "Content-Length: \(content.count)\r\n" }
    try wire.send(Array("\(head)\r\n".utf8) + (content ?? []))
    return try wire.answer(to: method)
  }

  /// Stops the server as a service manager does.
  ///
  /// - Returns: Its exit status.
  /// - Throws: ``ProgramError`` when it does not end.
  func stop() throws -> Int32 {
    program.send(SIGTERM)
    return try program.exitStatus(within: 40)
  }
}

/// A folder for one test, removed with everything in it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "offprint-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    Cleanup.made(path)
  }

  deinit { Cleanup.remove(path) }

  /// The paths of all regular files below, relative to the folder, in order.
  func files(below part: String = "") -> [String] {
    let start = part.isEmpty ? path : path + "/" + part
    guard let all = FileManager.default.enumerator(atPath: start) else { return [] }
    var found: [String] = []
    for case let name as String in all
    where all.fileAttributes?[.type] as? FileAttributeType
      == .typeRegular
    {
      found.append(name)
    }
    return found.sorted()
  }

  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  func write(_ octets: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    try Data(octets).write(to: URL(fileURLWithPath: file))
    return file
  }

  func octets(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }
}

extension ServerProcess {
  /// Asks again until the server has done what it does in its own time, such as reading a PDF.
  ///
  /// - Parameters:
  ///   - seconds: After these it is a failure.
  ///   - ask: Asks, and returns nil when it should be asked again.
  /// - Returns: What `ask` found.
  /// - Throws: ``ProgramError/unsaid(output:errors:)`` when that never came.
  func eventually<Found>(
    within seconds: Double = 30, _ ask: (ServerProcess) throws -> Found?
  ) throws -> Found {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline {
      if let found = try ask(self) { return found }
      usleep(20_000)
    }
    throw ProgramError.unsaid(output: program.outputText, errors: program.errorText)
  }
}
