import Foundation
import Testing

extension EndToEnd {
  @Suite("offprint import takes what is good of a catalogue and lists the rest by line")
  struct ImportTests {
    private static let good = [
      #"{"slug":"quiet-harbours","title":"Quiet Harbours","authors":["Mira Koval"],"published":"2019-03-04","abstract":"Fog, tides and insurance.","topics":["Shipping"],"language":"en"}"#,
      #"{"title":"Grain Routes of the Steppe","authors":[],"published":"2021","abstract":"Rail before road.","shelf":"B 12"}"#,
      #"{"slug":"river-law","title":"River Law","authors":["Li Wen"],"published":"2020-11","pdf":"river.pdf"}"#,
    ]
    private static let bad = [
      #"{"title":"Cut off in the mid"#,
      #"{"authors":["No One"],"published":"2020-01-01"}"#,
      #"{"title":"The Thirtieth of February","authors":[],"published":"2020-02-30"}"#,
      #"{"title":"Without its File","authors":[],"published":"2020-01-01","pdf":"absent.pdf"}"#,
    ]

    private func files() throws -> Folder {
      let files = try Folder()
      _ = try files.write(
        samplePDF(pages: [["Navigable water is nobody's, said the ferryman."]]), to: "river.pdf")
      return files
    }

    private func run(_ lines: [String], in data: Folder, more: [String] = []) throws -> Program {
      let files = try files()
      let catalogue = try files.write(
        lines.joined(separator: "\n") + "\n", to: "catalogue.jsonl")
      return try finished(
        ["import", catalogue, "--files", files.path, "--data", data.path] + more)
    }

    private func finished(_ arguments: [String]) throws -> Program {
      let program = try Program(arguments)
      try program.exitStatus()
      return program
    }

    @Test("Good lines are imported and found, bad ones listed, and the status is 1")
    func mixed() throws {
      let data = try Folder()
      let lines = [
        Self.good[0], Self.bad[0], Self.good[1], Self.bad[1], Self.bad[2], Self.bad[3],
        Self.good[2],
      ]
      let program = try run(lines, in: data)
      #expect(try program.exitStatus() == 1)
      let said = program.outputText + program.errorText
      for line in [2, 4, 5, 6] {
        #expect(said.contains(try Regex("(line |:)\(line)\\b")), "line \(line): \(said)")
      }
      #expect(!said.contains(/(line |:)(1|3|7)\b/), "\(said)")
      #expect(said.contains("shelf"))

      let server = try ServerProcess(data)
      #expect(try server.fetch("/").text.contains("Total Index: 3 publications."))
      #expect(try server.fetch("/publications/quiet-harbours").status == 200)
      #expect(try server.fetch("/search?q=steppe").text.contains("Grain Routes"))
      let pdf = try server.fetch("/publications/river-law.pdf")
      #expect(pdf.status == 200)
      #expect(
        pdf.content == samplePDF(pages: [["Navigable water is nobody's, said the ferryman."]]))
    }

    @Test("A second run changes nothing, and the status is 0 when all lines are good")
    func twice() throws {
      let data = try Folder()
      #expect(try run(Self.good, in: data).exitStatus() == 0)
      let settings = ["--base-url", "https://papers.example.org"]
      let server = try ServerProcess(data, settings)
      let before = try server.fetch("/publications/quiet-harbours")
      #expect(try server.stop() == 0)

      #expect(try run(Self.good, in: data).exitStatus() == 0)
      let again = try ServerProcess(data, settings)
      #expect(try again.fetch("/").text.contains("Total Index: 3 publications."))
      let after = try again.fetch("/publications/quiet-harbours")
      #expect(after["last-modified"] == before["last-modified"])
      #expect(after["etag"] == before["etag"])
    }

    @Test("--dry-run finds the same mistakes and stores nothing")
    func dryRun() throws {
      let data = try Folder()
      let program = try run([Self.good[0], Self.bad[2]], in: data, more: ["--dry-run"])
      #expect(try program.exitStatus() == 1)
      #expect((program.outputText + program.errorText).contains(/(line |:)2\b/))
      let server = try ServerProcess(data)
      #expect(try server.fetch("/publications/quiet-harbours").status == 404)
    }

    @Test("A catalogue that is not there is named")
    func absent() throws {
      let data = try Folder()
      let program = try finished(["import", "/nowhere/catalogue.jsonl", "--data", data.path])
      #expect(try program.exitStatus() == 1)
      #expect(program.errorText.contains("/nowhere/catalogue.jsonl"))
    }
  }
}
