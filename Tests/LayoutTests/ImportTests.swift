import Foundation
import Testing

/// Which modules the files of each target may import.
///
/// The compiler does not hold to it: SwiftPM lets a target import what its dependencies import,
/// and the system's modules are everyone's.
private let allowedImports: [String: Set<String>] = [
  "Compression": ["CZlib", "Glibc"],
  "Digests": [],
  "SQLite": ["CSQLite", "Dispatch", "Glibc", "Synchronization"],
  "Markup": [],
  "HTTP": [],
  "System": ["CLinux", "Glibc", "Synchronization"],
  "HTTPServer": ["HTTP", "System", "Dispatch", "Synchronization"],
  "PDF": ["Compression", "Digests"],
  "Drawing": ["Compression", "Markup", "PDF"],
  "TextRepair": [],
  "Search": ["Foundation"],
  "Archive": [
    "Compression", "Digests", "SQLite", "Search", "System", "TextRepair", "Foundation",
    "Dispatch", "Glibc",
    "Synchronization",
  ],
  "Site": [
    "Archive", "Compression", "Digests", "HTTP", "HTTPServer", "Markup", "Search", "System",
    "Foundation", "Glibc", "Synchronization",
  ],
  "offprint": [
    "Archive", "Compression", "Drawing", "HTTP", "HTTPServer", "Markup", "PDF", "Search", "Site",
    "System", "TextRepair", "Foundation", "Dispatch", "Glibc", "Synchronization",
  ],
]

/// Targets that hold a C library's headers and no Swift.
private let systemLibraries: Set<String> = ["CLinux", "CSQLite", "CZlib"]

private let sources = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

@Suite("A target imports only what its place in the layout allows")
struct ImportTests {
  @Test("Every folder in Sources has its row in the table")
  func folders() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    let unknown = Set(folders).subtracting(allowedImports.keys).subtracting(systemLibraries)
    #expect(unknown.isEmpty)
  }

  @Test(arguments: allowedImports.keys.sorted())
  func imports(of target: String) throws {
    let allowed = try #require(allowedImports[target])
    for file in try swiftFiles(in: target) {
      for module in importedModules(in: try String(contentsOf: file, encoding: .utf8)) {
        #expect(
          allowed.contains(module), "\(target)/\(file.lastPathComponent) imports \(module)")
      }
    }
  }

  @Test("No target reads another's private parts")
  func testable() throws {
    for target in allowedImports.keys {
      for file in try swiftFiles(in: target) {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(!text.contains("@testable import"), "\(target)/\(file.lastPathComponent)")
      }
    }
  }

  @Test("Unsafe code is in four targets")
  func unsafeCode() throws {
    var targets: Set<String> = []
    for target in allowedImports.keys {
      for file in try swiftFiles(in: target) {
        let text = try String(contentsOf: file, encoding: .utf8)
        if text.contains("unsafe ") { targets.insert(target) }
      }
    }
    #expect(targets == ["System", "Compression", "SQLite", "Markup"])
  }

  @Test("Only the event loop answers for its own thread safety")
  func uncheckedSendable() throws {
    var files: [String] = []
    for target in allowedImports.keys {
      for file in try swiftFiles(in: target) {
        let text = try String(contentsOf: file, encoding: .utf8)
        if text.contains("@unchecked Sendable") { files.append(file.lastPathComponent) }
      }
    }
    #expect(files == ["EventLoop.swift"])
  }

  @Test(
    "An import line is read with whatever stands before it",
    arguments: [
      ("import Foundation", ["Foundation"]),
      ("package import HTTP\n  internal import Glibc // why", ["HTTP", "Glibc"]),
      ("@preconcurrency import Dispatch", ["Dispatch"]),
      ("import struct Foundation.URL", ["Foundation"]),
      ("// import Foundation\nlet text = \"import Foundation\"", []),
      ("let important = 1", []),
    ] as [(String, [String])])
  func importLine(_ text: String, names modules: [String]) {
    #expect(importedModules(in: text) == modules)
  }

  private func swiftFiles(in target: String) throws -> [URL] {
    let folder = sources.appending(path: target)
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { folder.appending(path: $0) }
  }
}

/// The modules that the import lines of a file name, in order.
private func importedModules(in text: String) -> [String] {
  text.split(whereSeparator: \.isNewline).compactMap { line in
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    let modifiers: Set = [
      "public", "package", "internal", "fileprivate", "private", "@preconcurrency", "@testable",
    ]
    words = words.drop { modifiers.contains($0) }
    guard words.popFirst() == "import", let first = words.popFirst() else { return nil }
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let path = kinds.contains(first) ? words.first ?? first : first
    return path.split(separator: ".").first.map(String.init)
  }
}
