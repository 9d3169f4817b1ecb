import Foundation
import System

/// Fetches documents from the web with curl, which knows TLS, proxies and redirects.
struct WebClient {
  struct Answer {
    let status: Int
    /// By their names in lower case.
    let fields: [String: String]
    let content: [UInt8]
  }

  enum Failure: Error, CustomStringConvertible {
    case noCurl
    case failed(String)

    var description: String {
      switch self {
      case .noCurl: "curl was not found; install it (apt install curl)"
      case .failed(let reason): reason
      }
    }
  }

  /// The longest response: lists have some megabytes.
  static let mostBytes = 256 << 20

  private let curl: String
  private let isCancelled: @Sendable () -> Bool

  init(isCancelled: @escaping @Sendable () -> Bool) throws(Failure) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let places = folders.map { "\($0)/curl" } + ["/usr/bin/curl", "/usr/local/bin/curl"]
    guard let curl = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { throw .noCurl }
    self.curl = curl
    self.isCancelled = isCancelled
  }

  /// Fetches a document, following redirects.
  func get(_ address: String) throws(Failure) -> Answer {
    let outcome = try run(["--include", "--", address], limit: Self.mostBytes)
    guard let answer = Self.read(outcome) else {
      throw .failed("\(address): expected an HTTP response")
    }
    return answer
  }

  /// Fetches a document into a file.
  ///
  /// - Returns: Whether the server answered 200.
  /// - Throws: ``Failure`` when it could not be reached.
  func download(_ address: String, to path: String, mostBytes: Int) throws(Failure) -> Bool {
    let output = try run(
      [
        "--output", path, "--write-out", "%{http_code}", "--max-filesize", "\(mostBytes)", "--",
        address,
      ], limit: 1 << 16)
    return String(decoding: output, as: UTF8.self).hasSuffix("200")
  }

  private func run(_ arguments: [String], limit: Int) throws(Failure) -> [UInt8] {
    let common = [
      // -q: nothing from ~/.curlrc.
      "-q", "--silent", "--show-error", "--location", "--max-redirs", "5", "--proto",
      "=http,https", "--proto-redir", "=http,https", "--connect-timeout", "20", "--max-time", "600",
      "--user-agent", "Offprint (OAI-PMH harvester)", "--globoff",
    ]
    let proxies = ProcessInfo.processInfo.environment.filter {
      $0.key.lowercased().hasSuffix("_proxy")
    }
    let outcome: ChildProcess.Outcome
    do {
      outcome = try ChildProcess(
        program: curl, arguments: common + arguments,
        environment: ["PATH=/usr/bin:/bin"] + proxies.map { "\($0.key)=\($0.value)" },
        outputLimit: limit, deadline: .seconds(620), isCancelled: isCancelled
      ).run()
    } catch {
      throw .failed("\(error)")
    }
    guard case .exit(0) = outcome.ending else {
      let words = outcome.errors.split(whereSeparator: \.isNewline).first.map(String.init)
      throw .failed(words?.replacing("curl: ", with: "") ?? "curl failed")
    }
    return outcome.output
  }

  /// Divides the last response from those of redirects before it.
  static func read(_ bytes: [UInt8]) -> Answer? {
    var rest = bytes[...]
    var answer: Answer?
    let separator = Array("\r\n\r\n".utf8)
    while rest.starts(with: "HTTP/".utf8), let end = rest.firstRange(of: separator) {
      let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
        .split(separator: "\r\n")
      guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
      else { return nil }
      var fields: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2 {
          fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
      }
      rest = rest[end.upperBound...]
      answer = Answer(status: status, fields: fields, content: Array(rest))
    }
    return answer
  }
}
