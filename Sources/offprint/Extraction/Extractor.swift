import Archive
import Foundation
import PDF
import System

/// Extracts the text of PDFs in child processes that confine themselves first.
struct Extractor: Sendable {
  enum Result: Sendable, Equatable {
    /// The text; pages that could not be read are empty.
    case read(Reading)
    /// There is no text, for a reason in words for staff. `pages` is nil if the file could not be
    /// opened.
    case unreadable(String, pages: Int? = nil, facts: FileFacts? = nil)
    /// Extraction was cancelled.
    case cancelled
  }

  /// The text of a file and what was found in it.
  struct Reading: Sendable, Equatable {
    /// The text of each page.
    var pages: [String]
    var contents: FileContents
    var findings: Findings
    var facts: FileFacts?
  }

  /// This program, even if its file has been replaced since it started.
  var program = "/proc/self/exe"
  let confinement: Confinement
  let deadline: Duration
  let outputLimit: Int

  /// The highest page number that a child can report.
  private static let mostPages = 100_000

  init(_ settings: Settings) {
    confinement = Confinement(
      memory: settings.extractionMemory, processorTime: settings.extractionCPU)
    deadline = settings.extractionDeadline
    outputLimit = settings.extractionOutput
  }

  /// Extracts the text of a file.
  ///
  /// - Parameters:
  ///   - path: The file, which is handed to the child on its standard input.
  ///   - isCancelled: Asked some times a second; true ends the child.
  /// - Returns: What was found.
  /// - Throws: ``ChildProcess/Failure`` when no child could be started, which says nothing of the
  ///   file.
  func extract(
    _ path: String, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(ChildProcess.Failure) -> Result {
    try run(path, pages: [], deadline: deadline, isCancelled: isCancelled)
  }

  /// Why readers would see nothing of a file; nil if its first page can be read or reading it takes
  /// too long to wait for.
  ///
  /// The archive itself rejects files that are not PDFs, with a better reason.
  func defect(of path: String) -> String? {
    let result = try? run(
      path, pages: ["--pages", "1-1"], deadline: min(deadline, .seconds(5)),
      isCancelled: { false })
    guard case .unreadable(let reason, let pages, _) = result, (pages ?? 0) == 0,
      reason != "\(PDFError.notPDF)", !reason.hasPrefix(Self.tookTooLong)
    else { return nil }
    return reason
  }

  /// The text of each page of a file, for somebody who waits for it; nil if there is none, or if
  /// reading it takes too long to wait for.
  func text(of path: String) -> [String]? {
    let result = try? run(
      path, pages: [], deadline: min(deadline, .seconds(20)), isCancelled: { false })
    guard case .read(let reading) = result else { return nil }
    return reading.pages
  }

  private static let tookTooLong = "text extraction took "

  private func run(
    _ path: String, pages: [String], deadline: Duration,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(ChildProcess.Failure) -> Result {
    let child = ChildProcess(
      program: program,
      arguments: ["extract", "--json"] + pages + [
        "--memory-limit", "\(confinement.memory)", "--cpu-limit",
        Quantity.text(confinement.processorTime), "-",
      ],
      // No backtrace: a crash costs only this file.
      environment: ["SWIFT_BACKTRACE=enable=no", "LANG=C.UTF-8"], input: .file(path),
      outputLimit: outputLimit, deadline: deadline, isCancelled: isCancelled)
    return interpret(try child.run())
  }

  func interpret(_ outcome: ChildProcess.Outcome) -> Result {
    switch outcome.ending {
    case .exit:
      guard
        let extraction = try? JSONDecoder().decode(Extraction.self, from: Data(outcome.output))
      else {
        let said = outcome.errors.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
        return .unreadable("text extraction crashed" + said)
      }
      return interpret(extraction)
    case .cancelled:
      return .cancelled
    case .deadline:
      return .unreadable(Self.tookTooLong + "longer than \(Quantity.text(deadline))")
    case .signal(SIGXCPU):
      let time = Quantity.text(confinement.processorTime)
      return .unreadable(Self.tookTooLong + "more than \(time) of processor time")
    case .signal(let number):
      return .unreadable("text extraction crashed (signal \(number))")
    case .tooMuchOutput:
      return .unreadable("it contains more than \(Quantity.text(bytes: outputLimit)) of text")
    }
  }

  private func interpret(_ extraction: Extraction) -> Result {
    if let error = extraction.error { return .unreadable(error, facts: extraction.facts) }
    let numbers = extraction.pages.map(\.page)
    guard let last = numbers.max(), numbers.allSatisfy({ (1...Self.mostPages).contains($0) }) else {
      return .unreadable("it has no pages", pages: 0)
    }
    var pages = [String](repeating: "", count: last)
    for page in extraction.pages { pages[page.page - 1] = page.text }
    guard pages.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      return .unreadable(Self.reason(extraction.defects), pages: last, facts: extraction.facts)
    }
    return .read(
      Reading(
        pages: pages, contents: extraction.contents,
        findings: extraction.findings.merging(extraction.suggestions ?? Findings()),
        facts: extraction.facts))
  }

  /// The reason why no page has text.
  private static func reason(_ defects: [String]) -> String {
    if let scanned = defects.first(where: { $0.hasPrefix("no text layer") }) { return scanned }
    let found = defects.isEmpty ? "" : " (\(defects.prefix(5).joined(separator: "; ")))"
    return "no text on any page" + found
  }
}

extension Settings {
  /// The number of PDFs to extract at the same time.
  var extractionWidth: Int {
    self.extractionChildren > 0 ? self.extractionChildren : ProcessLimits.cores()
  }
}
