import Foundation
import Testing

@testable import offprint

@Suite("The help describes all commands")
struct HelpTests {
  /// Runs the program in this process with what it writes going to files.
  private func run(
    _ words: [String], environment: [String: String] = [:]
  ) throws -> (status: offprint.ExitStatus, output: String, errors: String) {
    let folder = NSTemporaryDirectory() + "offprint-help-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let paths = ["output", "errors"].map { "\(folder)/\($0)" }
    let descriptors = paths.map { open($0, O_WRONLY | O_CREAT, 0o600) }
    let console = Console(output: descriptors[0], errors: descriptors[1])
    let status = Program(console: console, environment: environment).run(words)
    descriptors.forEach { close($0) }
    let texts = try paths.map { try String(contentsOf: URL(filePath: $0), encoding: .utf8) }
    return (status, texts[0], texts[1])
  }

  @Test func help() throws {
    let expected = """
      Offprint is a publication server for an institute: one program and one folder.

      Usage: offprint COMMAND …
        serve       Serves the archive over HTTP.
        import      Imports a catalogue, a WordPress export or another repository.
        export      Exports the publications for other programs, or with their PDFs.
        extract     Prints the text of a PDF with a form feed after each page.
        draw        Draws a page of a PDF as SVG with selectable text.
        search      Searches the archive.
        index       Shows the size of the search index, or recomputes related publications.
        verify      Checks the whole archive for missing and damaged files.
        backup      Backs up the archive to another folder.
        restore     Restores an archive from a backup and verifies it.
        user        Creates, lists and changes staff accounts.
        subscriber  Lists, imports, exports, adds and removes addresses of the mailing list.
        mail        Shows, previews, sends and pauses the messages to subscribers.
        config      Prints each setting, its value and where the value comes from.
        health      Checks whether a running server can serve requests.

      `offprint help COMMAND` describes a command. `offprint --version` prints the version.

      Settings are options, OFFPRINT_… environment variables, or lines of the file named by
      --config FILE or OFFPRINT_CONFIG. `offprint help config` lists them.

      Exit status: 0 success, 1 a problem was found, 2 wrong usage.

      """
    for word in ["help", "--help", "-h"] {
      let result = try run([word])
      #expect(result.output == expected)
      #expect(result.errors == "")
      #expect(result.status == .done)
    }
  }

  @Test func helpOfUser() throws {
    let expected = """
      Creates, lists and changes staff accounts.

      Usage: offprint user add NAME --role ROLE
             offprint user list
             offprint user password NAME
             offprint user role NAME --role ROLE
             offprint user disable NAME
             offprint user enable NAME
             offprint user reset-second-factor NAME
             offprint user remove NAME

      ROLE is author, editor or administrator. The password is asked for on a terminal, and is
      otherwise the first line of standard input. A disabled account stays, but nobody can sign in
      with it. reset-second-factor turns off two-step sign-in for somebody who lost their phone and
      their recovery codes.

      Settings (described in Config/offprint.conf):
        --config FILE
        --data data

      """
    #expect(try run(["help", "user"]).output == expected)
    #expect(try run(["user", "--help"]).output == expected)
  }

  @Test("Each command's help fits a terminal and names its forms")
  func helpOfEach() throws {
    for command in Program.commands {
      let text = try run(["help", command.name]).output
      #expect(text.hasPrefix(command.summary))
      for line in text.split(separator: "\n") { #expect(line.count <= 96, "\(line)") }
    }
  }

  @Test(
    arguments: [
      ([], "offprint: expected a command; see `offprint help`\n"),
      (
        ["sreve"],
        "offprint: unknown command “sreve”; did you mean “serve”?; see `offprint help`\n"
      ),
      (
        ["serve", "--max-uplaod", "1 MiB"],
        "offprint: unknown option “--max-uplaod”; did you mean “--max-upload”?; "
          + "see `offprint help serve`\n"
      ),
      (
        ["user"],
        "offprint: expected add, list, password, role, disable, enable, reset-second-factor or remove; "
          + "see `offprint help user`\n"
      ),
      (
        ["user", "add", "anna", "--role", "king"],
        "offprint: --role: expected “author” or “editor” or “administrator”, found “king”; "
          + "see `offprint help user`\n"
      ),
      (
        ["extract", "a.pdf", "b.pdf"],
        "offprint: unexpected argument “b.pdf”; see `offprint help extract`\n"
      ),
      (
        ["health", "--listen", "here"],
        "offprint: --listen: expected an address and a port such as “127.0.0.1:8080” or "
          + "“[::1]:8080”, found “here”\n"
      ),
    ])
  func wrongUsage(_ words: [String], says message: String) throws {
    let result = try run(words)
    #expect(result.status == .wrongUsage)
    #expect(result.output == "")
    #expect(result.errors == message)
  }

  @Test func settingsOfTheEnvironment() throws {
    let result = try run(["config"], environment: ["OFFPRINT_MAX_UPLOAD": "lots"])
    #expect(result.status == .foundSomethingWrong)
    #expect(result.errors.hasPrefix("offprint: OFFPRINT_MAX_UPLOAD: expected a size"))
  }

  @Test func example() throws {
    #expect(
      try run(["config", "--example"]).output == SettingsFile.example(of: Declarations.sections))
  }

  @Test("Each limit is listed once, with its value and its setting or its reason")
  func limits() throws {
    let output = try run(["config", "--limits", "--max-upload", "3 MiB"]).output
    let rows = output.split(separator: "\n").map { line in
      line.split(separator: /\s{2,}/).map(String.init)
    }
    #expect(rows.allSatisfy { $0.count == 3 }, "\(output)")
    #expect(Set(rows.map { $0[0] }).count == rows.count)
    #expect(rows.contains(["max-upload", "3 MiB", "setting"]))
    #expect(rows.contains { $0[0] == "request head" && $0[1] == "16 KiB" })
    #expect(rows.count == Declarations.limits.count + Limit.fixed.count)
  }

  @Test("Without a running server, and without an archive, there is one clear line")
  func clearLines() throws {
    let health = try run(["health", "--listen", "127.0.0.1:1"])
    #expect(health.status == .foundSomethingWrong)
    #expect(health.errors == "offprint: http://127.0.0.1:1/health: connection refused\n")
    let search = try run(["search", "korea", "--data", "/nowhere/data"])
    #expect(search.status == .foundSomethingWrong)
    #expect(search.errors.hasPrefix("offprint: /nowhere/data: "))
    #expect(search.errors.split(separator: "\n").count == 1)
  }
}
