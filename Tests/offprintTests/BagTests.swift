import Archive
import Foundation
import System
import Testing

@testable import offprint

/// A folder with an archive and what is exported from it.
private final class Workplace {
  let path = NSTemporaryDirectory() + "offprint-bag-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let archive = try Archive.open(folder: data, access: .exclusive)
    defer { archive.close() }
    for (index, title) in ["Harbours", "Lighthouses", "Secret tides"].enumerated() {
      let file = "\(archive.folder.incoming)/\(index)"
      try Data("%PDF-1.7\n\(title)".utf8).write(to: URL(filePath: file))
      var record = Record(
        title: title, abstract: "Fog at 100 %.", authors: ["Ida Mist", "Ministry of Fog"],
        published: try #require(PublicationDate("2010-02-25")), topics: ["Weather"])
      record.orcids = ["Ida Mist": try #require(ORCID("0000-0002-1825-0097"))]
      _ = try archive.publications.deposit(
        Draft(record: record, status: index < 2 ? .published : .draft),
        file: IncomingFile(path: file), by: .program)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var data: String { path + "/data" }
  var bag: String { path + "/bag" }

  struct Result {
    let status: offprint.ExitStatus
    let output: String
    let errors: String
  }

  /// Runs a command of the program in this process.
  func run(_ words: String..., data: String? = nil) throws -> Result {
    let (output, errors) = ("\(path)/\(UUID())", "\(path)/\(UUID())")
    let status: offprint.ExitStatus
    do {
      let out = try FileDescriptor(output, for: .creating)
      let err = try FileDescriptor(errors, for: .creating)
      status = Program(
        console: Console(output: out.number, errors: err.number), environment: [:]
      ).run(words + ["--data", data ?? self.data])
    }
    return Result(status: status, output: try take(output), errors: try take(errors))
  }

  private func take(_ path: String) throws -> String {
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  func publications(of folder: String) throws -> Int {
    let archive = try Archive.open(folder: folder, access: .exclusive)
    defer { archive.close() }
    return try archive.publications.count()
  }
}

private func tree(_ path: String) throws -> [String: Data] {
  var tree: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
    if let content = FileManager.default.contents(atPath: "\(path)/\(name)") {
      tree[name] = content
    }
  }
  return tree
}

@Suite("A bag is a complete copy of an archive")
struct BagTests {
  @Test("Export, import into an empty folder and export again give the same payload")
  func roundTrip() throws {
    let place = try Workplace()
    #expect(try place.run("export", "--bag", place.bag).status == .done)
    let copy = place.path + "/copy"
    let imported = try place.run("import", "--bag", place.bag, "--no-extract", data: copy)
    #expect(imported.status == .done, "\(imported.errors)")
    #expect(imported.output.contains("3 publications and 3 files imported"))
    #expect(try place.run("export", "--bag", place.path + "/again", data: copy).status == .done)
    let (before, after) = (try tree(place.bag + "/data"), try tree(place.path + "/again/data"))
    #expect(Set(before.keys) == Set(after.keys))
    for (name, content) in before { #expect(after[name] == content, "\(name)") }
    #expect(before.keys.count { $0.hasSuffix(".pdf") } == 3)
    #expect(try place.run("verify", data: copy).status == .done)
    // Not into an archive that has publications.
    let second = try place.run("import", "--bag", place.bag, data: copy)
    #expect(second.status == .foundSomethingWrong)
    #expect(second.errors.contains("import a bag into an empty archive"))
  }

  @Test("The tags say what is in the bag")
  func tags() throws {
    let place = try Workplace()
    _ = try place.run("export", "--bag", place.bag + "/", "--institution", "Institute\u{85}of Fog")
    let files = try tree(place.bag)
    func text(_ name: String) -> String { String(decoding: files[name] ?? Data(), as: UTF8.self) }
    #expect(text("bagit.txt") == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    let payload = files.filter { $0.key.hasPrefix("data/") }
    let bytes = payload.values.reduce(0) { $0 + $1.count }
    #expect(text("bag-info.txt").contains("Payload-Oxum: \(bytes).\(payload.count)\n"))
    #expect(text("bag-info.txt").contains("Source-Organization: Institute of Fog\n"))
    #expect(text("manifest-sha256.txt").split(separator: "\n").count == payload.count)
    #expect(text("tagmanifest-sha256.txt").split(separator: "\n").count == 3)
    let crate = text("data/ro-crate-metadata.json")
    #expect(crate.contains("Lighthouses") && !crate.contains("Secret"))
    #expect(crate.contains("https://orcid.org/0000-0002-1825-0097"))
    #expect(!FileManager.default.fileExists(atPath: place.bag + ".part"))
  }

  @Test("--public leaves out what readers cannot see")
  func publicOnly() throws {
    let place = try Workplace()
    #expect(try place.run("export", "--bag", place.bag, "--public").status == .done)
    for (name, content) in try tree(place.bag) {
      #expect(!name.contains("not-public"))
      #expect(content.range(of: Data("Secret".utf8)) == nil, "\(name)")
    }
    let copy = place.path + "/copy"
    #expect(try place.run("import", "--bag", place.bag, "--no-extract", data: copy).status == .done)
    #expect(try place.publications(of: copy) == 2)
  }

  @Test("An export that was cut off continues, and leaves nothing of the earlier run")
  func interrupted() throws {
    let place = try Workplace()
    #expect(try place.run("export", "--bag", place.bag).status == .done)
    let whole = try tree(place.bag)
    try FileManager.default.moveItem(atPath: place.bag, toPath: place.bag + ".part")
    let pdfs = whole.keys.filter { $0.hasSuffix(".pdf") }.sorted()
    let (kept, damaged) = ("\(place.bag).part/\(pdfs[0])", "\(place.bag).part/\(pdfs[1])")
    let inode = try FileManager.default.attributesOfItem(atPath: kept)[.systemFileNumber] as? Int
    try Data("%PDF".utf8).write(to: URL(filePath: damaged))
    for stray in ["data/files/aa/old.pdf", "data/files/x.pdf.part", "data/records/gone.jsonl"] {
      let path = "\(place.bag).part/\(stray)"
      try FileSystem.makeFolder(FileSystem.parent(of: path))
      try Data("old".utf8).write(to: URL(filePath: path))
    }
    #expect(try place.run("export", "--bag", place.bag).status == .done)
    #expect(try tree(place.bag) == whole)
    let now = try FileManager.default.attributesOfItem(atPath: "\(place.bag)/\(pdfs[0])")
    #expect(now[.systemFileNumber] as? Int == inode)
  }

  @Test("A folder with something in it is not written over")
  func occupied() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(atPath: place.bag, withIntermediateDirectories: true)
    #expect(try place.run("export", "--bag", place.bag).status == .done)
    let again = try place.run("export", "--bag", place.bag)
    #expect(again.status == .foundSomethingWrong)
    #expect(again.errors.contains("choose another one"))
  }

  @Test("A damaged PDF of the archive is named, and the rest is exported")
  func damagedArchive() throws {
    let place = try Workplace()
    let pdfs = try FileManager.default.subpathsOfDirectory(atPath: place.data + "/files")
      .filter { $0.hasSuffix(".pdf") }.sorted()
    let path = "\(place.data)/files/\(pdfs[0])"
    try FileManager.default.removeItem(atPath: path)
    let result = try place.run("export", "--bag", place.bag)
    #expect(result.status == .foundSomethingWrong)
    #expect(result.errors.contains(path) && result.errors.contains("is missing"))
    #expect(try tree(place.bag).keys.count { $0.hasSuffix(".pdf") } == 2)
    let copy = place.path + "/copy"
    let imported = try place.run("import", "--bag", place.bag, "--no-extract", data: copy)
    #expect(imported.status == .foundSomethingWrong)
    #expect(imported.errors.contains("the bag has no file"))
  }

  /// What can be wrong with a bag.
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    /// Parts of the list of problems.
    let expected: [String]
    let happen: @Sendable (String) throws -> Void

    var testDescription: String { name }

    static func edit(
      _ name: String, _ file: String, _ expected: [String],
      _ change: @escaping @Sendable (String) -> String
    ) -> Fault {
      Fault(name: name, expected: expected) { bag in
        let path = "\(bag)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try Data(change(text).utf8).write(to: URL(filePath: path))
      }
    }

    static func pdfs(_ bag: String) throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: bag).filter { $0.hasSuffix(".pdf") }
        .sorted()
    }
  }

  static let faults = [
    Fault(
      name: "two files changed, one lost, one added",
      expected: [
        "has another SHA-256", "is missing", "data/added.txt: is not in manifest-sha256.txt",
        "catalogue.jsonl: has another SHA-256",
      ]
    ) { bag in
      let pdfs = try Fault.pdfs(bag)
      try Data("%PDF-1.7\nHarbourx".utf8).write(to: URL(filePath: "\(bag)/\(pdfs[0])"))
      try FileManager.default.removeItem(atPath: "\(bag)/\(pdfs[1])")
      try Data("x".utf8).write(to: URL(filePath: "\(bag)/data/added.txt"))
      try Data("{}".utf8).write(to: URL(filePath: "\(bag)/data/catalogue.jsonl"))
    },
    Fault(name: "a link out of the bag", expected: ["is a symbolic link"]) { bag in
      let path = "\(bag)/\(try Fault.pdfs(bag)[0])"
      try FileManager.default.moveItem(atPath: path, toPath: bag + "-elsewhere.pdf")
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: bag + "-elsewhere.pdf")
    },
    .edit(
      "paths out of the bag", "manifest-sha256.txt",
      ["“data/../../x” leads out", "“/etc/passwd” leads out", "“~/x” leads out"]
    ) { text in
      let hash = String(repeating: "0", count: 64)
      return text + "\(hash)  data/../../x\n\(hash)  /etc/passwd\n\(hash) ~/x\n"
    },
    .edit("a line that is none", "manifest-sha256.txt", ["expected a SHA-256 and a path"]) {
      $0 + "12345 data/x\n"
    },
    .edit("a file listed twice", "manifest-sha256.txt", ["is listed twice"]) {
      $0 + $0.prefix { $0 != "\n" } + "\n"
    },
    .edit("a file outside of the payload", "manifest-sha256.txt", ["is not below data/"]) {
      $0 + "\(String(repeating: "0", count: 64))  bagit.txt\n"
    },
    .edit("another size", "bag-info.txt", ["Payload-Oxum is 1.1", "bag-info.txt: has another"]) {
      $0.replacing(#/Payload-Oxum: .*\n/#, with: "Payload-Oxum: 1.1\n")
    },
    .edit("another version", "bagit.txt", ["expected “BagIt-Version: 1.0”"]) {
      $0.replacing("1.0", with: "2.0")
    },
    Fault(name: "no manifest", expected: ["manifest-sha256.txt"]) { bag in
      try FileManager.default.removeItem(atPath: bag + "/manifest-sha256.txt")
    },
    Fault(name: "another program's bag", expected: ["a bag that Offprint did not write"]) { bag in
      try FileManager.default.removeItem(atPath: bag + "/tagmanifest-sha256.txt")
      try FileManager.default.removeItem(atPath: bag + "/bag-info.txt")
      try Data("Contact-Name: Ida\n  Mist\n".utf8).write(to: URL(filePath: bag + "/bag-info.txt"))
    },
    Fault(name: "no bag", expected: ["expected a folder with bagit.txt"]) { bag in
      try FileManager.default.removeItem(atPath: bag + "/bagit.txt")
    },
  ]

  @Test("A bag with a fault is refused with every problem", arguments: faults)
  func refused(_ fault: Fault) throws {
    let place = try Workplace()
    _ = try place.run("export", "--bag", place.bag)
    try fault.happen(place.bag)
    let copy = place.path + "/copy"
    let result = try place.run("import", "--bag", place.bag, "--no-extract", data: copy)
    #expect(result.status == .foundSomethingWrong)
    for part in fault.expected { #expect(result.errors.contains(part), "\(result.errors)") }
    #expect(try place.publications(of: copy) == 0)
  }

  @Test("A bag with lines that end as on Windows is read")
  func lineEnds() throws {
    let place = try Workplace()
    _ = try place.run("export", "--bag", place.bag)
    try FileManager.default.removeItem(atPath: place.bag + "/tagmanifest-sha256.txt")
    for name in ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"] {
      let text = try String(contentsOfFile: "\(place.bag)/\(name)", encoding: .utf8)
      try Data(text.replacing("\n", with: "\r\n").utf8)
        .write(to: URL(filePath: "\(place.bag)/\(name)"))
    }
    let checked = try place.run("import", "--bag", place.bag, "--dry-run")
    #expect(checked.status == .done, "\(checked.errors)")
  }
}

@Suite("A line of a manifest names a file inside the bag")
struct ManifestEntryTests {
  private static let hash = String(repeating: "0a", count: 32)

  @Test(
    arguments: [
      ("data/a.pdf", "data/a.pdf"), ("data/100 %.pdf", "data/100 %25.pdf"),
      ("data/a\nb", "data/a%0Ab"), ("data/%0A", "data/%250A"),
    ])
  func paths(_ path: String, _ written: String) {
    let entry = ManifestEntry(sha256: Self.hash, path: path)
    #expect(entry.line == "\(Self.hash)  \(written)\n")
    #expect(ManifestEntry(line: String(entry.line.dropLast())) == entry)
    #expect(entry.isInside)
  }

  @Test(
    arguments: [
      "../a", "data/../a", "/a", "data//a", "~/a", "~root/a", "data/./a", "data\\..\\a", "data/a\0",
    ])
  func outside(_ path: String) {
    #expect(!ManifestEntry(sha256: Self.hash, path: path).isInside)
  }
}

@Suite("Hours in which files are verified")
struct HourRangeTests {
  @Test(
    arguments: [
      ("1-5", [1, 2, 3, 4]), ("01–05", [1, 2, 3, 4]), ("22-2", [22, 23, 0, 1]),
      ("0-24", Array(0..<24)), ("23 - 24", [23]),
    ])
  func hours(_ text: String, _ hours: [Int]) throws {
    let range = try #require(HourRange(text))
    #expect(Set((0..<24).filter(range.contains)) == Set(hours))
  }

  @Test(arguments: ["", "1", "5-5", "24-3", "-1-4", "1-25", "a-b", "1-2-3"])
  func wrong(_ text: String) { #expect(HourRange(text) == nil) }

  @Test(arguments: [("20", 20_000_000), ("20 MB/s", 20_000_000), ("5MB/s", 5_000_000), ("0", 0)])
  func rate(_ text: String, _ bytes: Int) {
    #expect(Kind<Int>.megabytesPerSecond.read(text) == bytes)
  }

  @Test(arguments: ["", "-1", "20 MiB", "fast", "1000000"])
  func wrongRate(_ text: String) { #expect(Kind<Int>.megabytesPerSecond.read(text) == nil) }
}
