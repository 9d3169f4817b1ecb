import Archive
import Dispatch
import Foundation
import Synchronization
import System

/// Draws pages in child processes that confine themselves first.
///
/// Each child draws one page and ends, so that nothing of one PDF is left in memory when the next is
/// read. What that costs is the start of a process, some 20 ms, and children are started beforehand.
final class DrawingPool: PageDrawer {
  private struct State {
    /// Started, waiting for a page.
    var waiting: [StartedChild] = []
    /// How many children are being started.
    var starting = 0
    var isStopped = false
  }

  private let child: ChildProcess
  private let deadline: Duration
  /// The most children that draw at the same time, and that wait for pages.
  private let width: Int
  private let log: Log?
  private let places: DispatchSemaphore
  private let state = Mutex(State())
  private let starts = DispatchQueue(label: "offprint.drawing")

  /// - Parameters:
  ///   - confinement: What each child may use.
  ///   - deadline: How long drawing one page may take.
  ///   - outputLimit: The most bytes of a drawing with its fonts.
  ///   - width: The most children that draw at the same time.
  ///   - program: This program, even if its file has been replaced since it started.
  ///   - log: Gets a line for each page that could not be drawn.
  init(
    confinement: Confinement, deadline: Duration, outputLimit: Int, width: Int,
    program: String = "/proc/self/exe", log: Log? = nil
  ) {
    child = ChildProcess(
      program: program,
      arguments: [
        DrawCommand.name, DrawCommand.serverOption, "--memory-limit", "\(confinement.memory)",
        "--cpu-limit", Quantity.text(confinement.processorTime), "-",
      ],
      // No backtrace: a crash costs only this page.
      environment: ["SWIFT_BACKTRACE=enable=no", "LANG=C.UTF-8"], outputLimit: outputLimit,
      deadline: deadline)
    self.deadline = deadline
    self.width = max(1, width)
    self.log = log
    places = DispatchSemaphore(value: max(1, width))
  }

  convenience init(_ settings: Settings, log: Log? = nil) {
    self.init(
      confinement: Confinement(memory: settings.drawingMemory, processorTime: settings.drawingCPU),
      deadline: settings.drawingDeadline, outputLimit: settings.drawingOutput,
      width: settings.drawingChildren > 0 ? settings.drawingChildren : ProcessLimits.cores(),
      log: log)
  }

  /// Starts children that wait for pages.
  func start() { refill() }

  /// Ends the children, also those that draw.
  func stop() {
    let children = state.withLock { state in
      state.isStopped = true
      defer { state.waiting = [] }
      return state.waiting
    }
    withExtendedLifetime(children) {}
  }

  func draw(
    _ page: Int, as form: PageDrawing.Form, of file: CheckedFile, known: [Int]
  ) throws(DrawingFailure) -> (drawing: PageDrawing, fonts: [PageDrawing.Font]) {
    places.wait()
    defer { places.signal() }
    let line = ([form.rawValue] + ([page] + known).map(String.init)).joined(separator: " ")
    let outcome = try nextChild().run(
      input: Array("\(line)\n".utf8), file: file.descriptor,
      outputLimit: child.outputLimit, deadline: deadline,
      isCancelled: { [self] in state.withLock { $0.isStopped } })
    do throws(DrawingFailure) {
      return try Self.interpret(outcome)
    } catch {
      if error != .noSuchPage {
        log?.write(
          .notice, "page not drawn",
          [("page", .integer(page)), ("reason", .text("\(error)"))])
      }
      throw error
    }
  }

  static func interpret(
    _ outcome: ChildProcess.Outcome
  ) throws(DrawingFailure) -> (drawing: PageDrawing, fonts: [PageDrawing.Font]) {
    switch outcome.ending {
    case .exit(0):
      guard let result = PageDrawing.decode(outcome.output, hasFonts: true) else { throw .crashed }
      return result
    case .exit(ExitStatus.foundSomethingWrong.rawValue):
      let said = String(decoding: outcome.output.prefix(1000), as: UTF8.self)
      if said == DrawCommand.noSuchPage { throw .noSuchPage }
      throw said.isEmpty ? .crashed : .unreadable(said)
    case .deadline, .signal(SIGXCPU): throw .tookTooLong
    case .tooMuchOutput: throw .tooLarge
    case .cancelled: throw .notStarted("the server is stopping")
    case .exit, .signal: throw .crashed
    }
  }

  // MARK: Children

  private func nextChild() throws(DrawingFailure) -> StartedChild {
    defer { refill() }
    while let child = state.withLock({ $0.waiting.popLast() }) {
      // Somebody may have ended it while it waited.
      if !child.hasEnded { return child }
    }
    return try newChild()
  }

  private func newChild() throws(DrawingFailure) -> StartedChild {
    do throws(ChildProcess.Failure) { return try child.start() } catch {
      throw .notStarted("\(error)")
    }
  }

  private func refill() {
    let missing = state.withLock { state in
      let missing = state.isStopped ? 0 : max(0, width - state.waiting.count - state.starting)
      state.starting += missing
      return missing
    }
    for _ in 0..<missing {
      starts.async { [self] in
        let child = try? newChild()
        state.withLock { state in
          state.starting -= 1
          if let child, !state.isStopped { state.waiting.append(child) }
        }
      }
    }
  }
}

extension Settings {
  /// The drawn pages of the archive, and what draws them.
  func drawings(log: Log? = nil) -> (pool: DrawingPool, drawings: Drawings) {
    let pool = DrawingPool(self, log: log)
    let drawings = Drawings(
      path: Folder(path: self.data).drawings, drawer: pool, version: Program.version,
      limit: self.drawingsLimit, reserve: self.freeSpaceReserve)
    return (pool, drawings)
  }
}
