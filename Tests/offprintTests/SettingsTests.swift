import Foundation
import System
import Testing

@testable import offprint

@Suite("A flag overrides the environment, the file and the default")
struct PrecedenceTests {
  private let file = "# a comment\n\nmax-upload = 1 MiB\n site-name =  The Institute \n"

  private func settings(
    file: String? = nil, environment: [String: String] = [:], flags: [(String, String)] = []
  ) throws -> Settings {
    try Settings(
      file: file.map { try SettingsFile(path: "Config/offprint.conf", text: $0) },
      environment: environment, flags: flags)
  }

  @Test func nothingGiven() throws {
    let settings = try settings()
    #expect(settings.maxUpload == 64 << 20)
    #expect(settings[Declarations.all.maxUpload].origin == .initial)
  }

  @Test func fileOnly() throws {
    let settings = try settings(file: file)
    #expect(settings.maxUpload == 1 << 20)
    #expect(settings.siteName == "The Institute")
    #expect(
      settings[Declarations.all.maxUpload].origin.description == "Config/offprint.conf:3")
  }

  @Test func environmentOverFile() throws {
    let settings = try settings(file: file, environment: ["OFFPRINT_MAX_UPLOAD": "2 MiB"])
    #expect(settings.maxUpload == 2 << 20)
    #expect(
      settings[Declarations.all.maxUpload].origin.description == "environment OFFPRINT_MAX_UPLOAD")
  }

  @Test func flagOverAll() throws {
    let settings = try settings(
      file: file, environment: ["OFFPRINT_MAX_UPLOAD": "2 MiB"], flags: [("max-upload", "3 MiB")])
    #expect(settings.maxUpload == 3 << 20)
    #expect(settings[Declarations.all.maxUpload].origin.description == "flag --max-upload")
  }

  @Test func variableThatNamesAFile() throws {
    let path = NSTemporaryDirectory() + "offprint-setting-\(UUID().uuidString)"
    try Data("Library of the Institute\n".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(
      try settings(environment: ["OFFPRINT_SITE_NAME_FILE": path]).siteName
        == "Library of the Institute")
  }

  @Test func variablesOfOthers() throws {
    _ = try settings(environment: [
      "OFFPRINT_CONFIG": "x", "OFFPRINT_PORT": "tcp://10.0.0.1:80",
      "OFFPRINT_SERVICE_HOST": "10.0.0.1", "PATH": "/bin",
    ])
  }
}

@Suite("An invalid setting is reported with its place, the expected and the found value")
struct SettingErrorTests {
  @Test(
    arguments: [
      (
        "\nmax-upload = lots",
        "offprint.conf:2: max-upload: expected a size such as “64 MiB”, at least 1 KiB, found “lots”"
      ),
      (
        "max-uplaod = 1 MiB",
        "offprint.conf:1: unknown setting “max-uplaod”; did you mean “max-upload”?"
      ),
      ("zzz = 1", "offprint.conf:1: unknown setting “zzz”"),
      (
        "site-name Offprint", "offprint.conf:1: expected “name = value”, found “site-name Offprint”"
      ),
      ("= 1", "offprint.conf:1: expected “name = value”, found “= 1”"),
      ("loops = 1\n#\nloops = 2", "offprint.conf:3: loops: already set on line 1"),
      (
        "time-zone = Sweden/Stockholm",
        "offprint.conf:1: time-zone: expected a time zone such as “Europe/Stockholm” or “UTC”, found “Sweden/Stockholm”"
      ),
      (
        "require-second-factor = editor, king",
        "offprint.conf:1: require-second-factor: expected roles such as “administrator, editor”, or nothing, found “editor, king”"
      ),
      ("log-format = xml", "offprint.conf:1: log-format: expected “logfmt” or “json”, found “xml”"),
      (
        "\r\nloops = two\r\n",
        "offprint.conf:2: loops: expected a whole number from 0 to 256, found “two”"
      ),
      (
        "listen = 8080",
        "offprint.conf:1: listen: expected an address and a port such as “127.0.0.1:8080” or “[::1]:8080”, found “8080”"
      ),
    ])
  func file(_ text: String, says message: String) {
    let error = #expect(throws: SettingError.self) {
      try Settings(file: SettingsFile(path: "offprint.conf", text: text))
    }
    #expect(error?.description == message)
  }

  @Test(
    arguments: [
      ("OFFPRINT_LOOPS", "-1", "OFFPRINT_LOOPS: expected a whole number from 0 to 256, found “-1”"),
      (
        "OFFPRINT_LOPS", "1",
        "environment: unknown setting “OFFPRINT_LOPS”; did you mean “OFFPRINT_LOOPS”?"
      ),
      (
        "OFFPRINT_DATA_FILE", "/nowhere/at-all",
        "OFFPRINT_DATA_FILE: /nowhere/at-all: no such file or directory"
      ),
    ])
  func variable(_ name: String, _ value: String, says message: String) {
    let error = #expect(throws: SettingError.self) { try Settings(environment: [name: value]) }
    #expect(error?.description == message)
  }

  @Test func unreadableFile() {
    let error = #expect(throws: SettingError.self) { try SettingsFile(path: "/nowhere/o.conf") }
    #expect(error?.description == "/nowhere/o.conf: no such file or directory")
  }

  @Test func secretsStaySecret() throws {
    let secret = Setting(
      name: "key", kind: .integer(in: 1...9), initial: "1", purpose: "A key.", isSecret: true)
    let sections = [SettingSection(title: "Keys", settings: [secret])]
    let error = #expect(throws: SettingError.self) {
      try Settings(sections: sections, flags: [("key", "hush")])
    }
    #expect(error?.description.contains("hush") == false)
    let settings = try Settings(sections: sections, flags: [("key", "7")])
    #expect(ConfigCommand.table(settings, of: [secret]) == "key = (secret)  # flag --key\n")
    let json = String(decoding: ConfigCommand.json(settings, of: [secret]), as: UTF8.self)
    #expect(!json.contains("7"))
  }
}

@Suite("The text of a setting is parsed by its kind")
struct KindTests {
  @Test(
    arguments: [
      ("0", 0), ("1000", 1000), ("5 B", 5), ("64 MiB", 64 << 20), ("64MiB", 64 << 20),
      ("1 KiB", 1024), ("2 TiB", 2 << 40), ("", nil), ("lots", nil), ("-1", nil), ("1.5 MiB", nil),
      ("1 MB", nil), ("9223372036854775807 KiB", nil), ("99999999999999999999", nil), ("MiB", nil),
    ] as [(String, Int?)])
  func octets(_ text: String, are octets: Int?) {
    #expect(Kind.bytes().read(text) == octets)
  }

  @Test(
    arguments: [
      ("30 s", .seconds(30)), ("500 ms", .milliseconds(500)), ("2 min", .seconds(120)),
      ("1 h", .seconds(3600)), ("7 d", .seconds(604_800)), ("30", nil), ("s", nil), ("-1 s", nil),
      ("10001 d", nil), ("9223372036854775807 d", nil), ("499 ms", nil),
    ] as [(String, Duration?)])
  func duration(_ text: String, is duration: Duration?) {
    #expect(Kind.duration(atLeast: .milliseconds(500)).read(text) == duration)
  }

  @Test(
    arguments: [
      ("https://papers.example.org", "https://papers.example.org"),
      ("https://papers.example.org/", "https://papers.example.org"),
      ("http://[::1]:8080", "http://[::1]:8080"), ("", ""), ("papers.example.org", nil),
      ("https://", nil), ("https://a/b", nil), ("https://a b", nil), ("ftp://a", nil),
    ] as [(String, String?)])
  func origin(_ text: String, is origin: String?) {
    #expect(Kind.optionalOrigin.read(text) == origin)
  }

  @Test(
    arguments: [
      ("library@example.org", true), ("", true), ("library", false), ("a@b@c", false),
      ("a b@example.org", false), ("a@", false), ("a@b\r\nBcc: c@d", false),
    ])
  func mailAddress(_ text: String, isOne: Bool) {
    #expect((Kind.optionalAddress.read(text) != nil) == isOne)
  }

  @Test(
    arguments: [
      ("127.0.0.1:8080", ["127.0.0.1:8080"]), ("[::1]:0", ["[::1]:0"]),
      ("127.0.0.1:80, [::]:80", ["127.0.0.1:80", "[::]:80"]), ("", nil), ("127.0.0.1", nil),
      ("127.0.0.1:65536", nil), ("::1:80", nil), ("host:80", nil), ("127.0.0.1:80 x", nil),
    ] as [(String, [String]?)])
  func addresses(_ text: String, are addresses: [String]?) {
    #expect(Kind.addresses.read(text)?.map { "\($0)" } == addresses)
  }

  @Test(
    arguments: [
      ("", 0), ("127.0.0.0/8, ::1", 2), ("10.0.0.1", 1), ("10.0.0.0/33", nil), ("fe80::/129", nil),
      ("10.0.0.0/", nil), ("localhost", nil), ("10.0.0.0/8 x", nil),
    ] as [(String, Int?)])
  func networks(_ text: String, are count: Int?) {
    #expect(Kind.networks.read(text)?.count == count)
  }

  @Test(
    arguments: [
      (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (64 << 20, "64 MiB"),
      (10_000_000, "9.5 MiB"), (3 << 40, "3 TiB"),
    ])
  func octetsAsText(_ octets: Int, read text: String) {
    #expect(Quantity.text(bytes: octets) == text)
  }
}

@Suite("Every setting is declared once and listed in Config/offprint.conf")
struct DeclarationTests {
  @Test func sectionsHoldEveryDeclaration() {
    let declared = Mirror(reflecting: Declarations.all).children.compactMap {
      ($0.value as? any Declaration)?.name
    }
    let listed = Declarations.sections.flatMap(\.settings).map(\.name)
    #expect(declared.sorted() == listed.sorted())
    #expect(Set(listed).count == listed.count)
  }

  @Test(arguments: Declarations.sections.flatMap(\.settings).map(\.name))
  func initialValueIsOfItsKind(_ name: String) throws {
    let setting = try #require(
      Declarations.sections.flatMap(\.settings).first { $0.name == name })
    #expect(setting.accepts(setting.initial))
    #expect(setting.purpose.hasSuffix("."))
    #expect(!setting.purpose.contains("\n"))
  }

  @Test("The file is what `offprint config --example` prints")
  func exampleFile() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Config/offprint.conf")
    #expect(
      try String(contentsOf: path, encoding: .utf8)
        == SettingsFile.example(of: Declarations.sections))
  }

  @Test("The file with every # taken away is a file of settings")
  func exampleFileUncommented() throws {
    let text = SettingsFile.example(of: Declarations.sections)
    let assignments = text.split(separator: "\n").filter { $0.firstMatch(of: /^#[a-z-]+ =/) != nil }
    #expect(assignments.count == Declarations.sections.flatMap(\.settings).count)
    _ = try Settings(
      file: SettingsFile(
        path: "offprint.conf", text: assignments.map { $0.dropFirst() }.joined(separator: "\n")))
  }
}
