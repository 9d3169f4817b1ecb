import Foundation
import HTTP
import HTTPServer
import Synchronization
import System

/// Litestream's control socket.
final class Litestream: Sendable {
  enum Failure: Error, Equatable, CustomStringConvertible {
    case unreachable(socket: String, reason: String)
    /// It replicates other databases only.
    case unknownDatabase(String)
    case refused(status: Int, reason: String)

    var description: String {
      switch self {
      case .unreachable(let socket, let reason): "\(socket): \(reason)"
      case .unknownDatabase(let path): "Litestream does not replicate \(path)"
      case .refused(let status, let reason): "Litestream answered \(status): \(reason)"
      }
    }
  }

  /// Versions before this one can lose data.
  static let leastVersion = [0, 5, 17]

  private let socket: String
  private let database: String
  /// The database as Litestream's configuration names it, once known.
  private let configuredName = Mutex<String?>(nil)

  /// - Parameters:
  ///   - socket: The path of the socket.
  ///   - database: The path of the database.
  init(socket: String, database: String) {
    self.socket = socket
    self.database = database
  }

  /// Its version; nil when it is too old to tell.
  ///
  /// - Throws: ``Failure``
  func version() throws(Failure) -> String? {
    struct Info: Decodable { let version: String }
    let (status, content) = try ask("GET", "/info", patience: 2)
    guard status == 200 else { return nil }
    return (try? JSONDecoder().decode(Info.self, from: Data(content)))?.version
  }

  /// Whether a version can lose data; false for one that is no number, such as that of a development
  /// build.
  static func isOutdated(_ version: String?) -> Bool {
    guard let version else { return true }
    let release = version.drop { $0 == "v" }.prefix { $0 != "-" }
    let parts = release.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.map { Int($0) }
    guard numbers.count == 3, !numbers.contains(nil) else { return false }
    return numbers.compactMap(\.self).lexicographicallyPrecedes(leastVersion)
  }

  /// Waits until the replica store has everything that is in the database.
  ///
  /// - Parameter seconds: The longest wait.
  /// - Throws: ``Failure``
  func sync(within seconds: Int) throws(Failure) {
    let name = try name()
    struct Order: Encodable {
      let path: String
      var wait = true
      let timeout: Int
    }
    guard let order = try? JSONEncoder().encode(Order(path: name, timeout: seconds)) else {
      return
    }
    let (status, content) = try ask("POST", "/sync", [UInt8](order), patience: seconds + 1)
    guard status == 200 else {
      if status == 404 { configuredName.withLock { $0 = nil } }
      throw .refused(
        status: status, reason: String(decoding: content.prefix(300), as: UTF8.self))
    }
    struct Outcome: Decodable {
      let txid: UInt64
      let replicated: UInt64
      enum CodingKeys: String, CodingKey { case txid, replicated = "replicated_txid" }
    }
    let outcome = try? JSONDecoder().decode(Outcome.self, from: Data(content))
    guard let outcome, outcome.replicated >= outcome.txid else {
      throw .refused(
        status: status, reason: String(decoding: content.prefix(300), as: UTF8.self))
    }
  }

  /// The database as the configuration names it, which may be by a symbolic link.
  private func name() throws(Failure) -> String {
    if let name = configuredName.withLock({ $0 }) { return name }
    struct List: Decodable {
      struct Entry: Decodable { let path: String }
      let databases: [Entry]
    }
    let (_, content) = try ask("GET", "/list", patience: 2)
    let names = (try? JSONDecoder().decode(List.self, from: Data(content)))?.databases ?? []
    let wanted = FileSystem.realPath(database)
    guard let found = names.first(where: { FileSystem.realPath($0.path) == wanted }) else {
      throw .unknownDatabase(database)
    }
    configuredName.withLock { $0 = found.path }
    return found.path
  }

  private func ask(
    _ method: String, _ target: String, _ content: [UInt8] = [], patience: Int
  ) throws(Failure) -> (status: Int, content: [UInt8]) {
    guard let address = HTTPAddress("http://localhost\(target)") else {
      preconditionFailure("\(target) is a path of this program")
    }
    var client = HTTPClient()
    client.localSocket = socket
    client.patience = patience
    client.deadline = .seconds(patience)
    var received: [UInt8] = []
    do {
      let answer = try client.send(
        method, to: address, fields: content.isEmpty ? [:] : ["Content-Type": "application/json"],
        content: content
      ) { received += $1 }
      return (answer.status, received)
    } catch {
      throw .unreachable(socket: socket, reason: "\(error)")
    }
  }
}
