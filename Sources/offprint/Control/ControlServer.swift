import Archive
import Dispatch
import Foundation
import HTTP
import HTTPServer
import Synchronization
import System

/// Runs commands for other processes of the same user, over the Unix socket `data/control`.
///
/// `POST /commands` takes a ``ControlRequest`` and answers with a line of JSON for each
/// ``ControlEvent``, the last of which is `ended` or `failed`. The end of what the client sends
/// interrupts the command.
final class ControlServer: Sendable {
  static let socketName = "control"

  private let server: Server
  private let service: ControlService
  private let path: String

  /// Listens in the data folder of an archive that is open for writing.
  ///
  /// - Throws: When the socket cannot be made.
  init(
    archive: Archive, settings: Settings, extraction: ExtractionQueue, mail: MailRunner, log: Log
  ) throws {
    path = "\(settings.data)/\(Self.socketName)"
    service = ControlService(
      archive: archive, settings: settings, extraction: extraction, mail: mail, log: log)
    var configuration = ServerConfiguration(listen: [], loops: 1, workers: 2)
    configuration.localSocket = try Socket(listeningAs: Self.socketName, in: settings.data)
    server = Server(configuration: configuration, service: service)
    _ = try server.start()
  }

  /// Interrupts running commands, waits for them to end and removes the socket.
  func stop(within limit: Duration) {
    service.interrupt(within: limit)
    server.stop(within: .seconds(1))
    // Before the folder's lock is released: the next server replaces what it finds.
    try? FileSystem.remove(path)
  }
}

private final class ControlService: Service {
  private let archive: Archive
  private let settings: Settings
  private let extraction: ExtractionQueue
  private let mail: MailRunner
  private let log: Log
  private let isStopping = Atomic(false)
  private let running = DispatchGroup()
  private let queue = DispatchQueue(label: "offprint.control", attributes: .concurrent)

  init(
    archive: Archive, settings: Settings, extraction: ExtractionQueue, mail: MailRunner, log: Log
  ) {
    self.archive = archive
    self.settings = settings
    self.extraction = extraction
    self.mail = mail
    self.log = log
  }

  func interrupt(within limit: Duration) {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    _ = running.wait(timeout: .now() + .milliseconds(Int(limit / .milliseconds(1))))
  }

  func lastChange(of tag: Int, at now: Int64) -> UInt64 { 0 }

  func bodyPolicy(for request: Request) -> BodyPolicy { .memory(limit: ControlRequest.limit) }

  func response(to request: Request, worker: Int) -> Response {
    guard request.path == "/commands" else { return refusal(.notFound, "no such resource") }
    guard request.method == .post else {
      var response = refusal(.methodNotAllowed, "expected POST")
      response.fields.set("allow", to: "POST")
      return response
    }
    guard case .bytes(let body) = request.content,
      let asked = try? JSONDecoder().decode(ControlRequest.self, from: Data(body))
    else { return refusal(.badRequest, "the body is not a command") }
    let command: any ArchiveCommand
    do {
      command = try Self.command(asked.words)
    } catch {
      return refusal(.badRequest, "\(error)")
    }
    return Response(
      .ok, fields: ["content-type": "application/x-ndjson", "cache-control": "no-store"],
      content: .handOver { [self] descriptor in
        let socket = BlockingSocket(descriptor: descriptor)
        queue.async(group: running) { [self] in
          run(command, asked, over: socket)
          socket.close()
        }
      })
  }

  private func refusal(_ status: Status, _ reason: String) -> Response {
    Response(
      status, fields: ["content-type": "text/plain; charset=utf-8", "cache-control": "no-store"],
      content: .bytes(Array("\(reason)\n".utf8)))
  }

  /// Reads the command line of a command that the server runs.
  private static func command(_ words: [String]) throws(UsageError) -> any ArchiveCommand {
    guard let name = words.first else { throw .noCommand }
    guard
      let type = Program.commands.first(where: { $0.name == name }) as? any ArchiveCommand.Type
    else { throw .unknownCommand(name, nearest: nil) }
    var arguments = Arguments(words.dropFirst())
    let command = try type.init(&arguments)
    try arguments.finish()
    return command
  }

  private func run(
    _ command: any ArchiveCommand, _ request: ControlRequest, over socket: BlockingSocket
  ) {
    let output = ControlOutput(socket)
    let session = CommandSession(
      output: output, input: Array(request.input), directory: request.directory,
      settings: settings, extraction: extraction, mail: mail,
      isCancelled: { [self] in
        isStopping.load(ordering: .relaxed) || output.peerHasFinished
      })
    log.write(.notice, "command started", [("command", .text(type(of: command).name))])
    do {
      let status = try command.run(on: archive, session)
      if isStopping.load(ordering: .relaxed) {
        output.say("offprint: the server stopped while the command was running")
      }
      output.send(.ended(isStopping.load(ordering: .relaxed) ? .foundSomethingWrong : status))
    } catch {
      output.send(.failed(explanation(of: error)))
    }
    log.write(.notice, "command ended", [("command", .text(type(of: command).name))])
  }
}

/// Sends the output of a command to the process that asked for it.
private final class ControlOutput: CommandOutput {
  private let socket: BlockingSocket
  private let state: Mutex<State>

  private struct State {
    var isGone = false
    var lastProgress: ContinuousClock.Instant
  }

  init(_ socket: BlockingSocket) {
    self.socket = socket
    state = Mutex(State(lastProgress: .now))
  }

  /// Whether the process was interrupted or is gone.
  var peerHasFinished: Bool {
    state.withLock { state in
      if !state.isGone, socket.peerHasFinished { state.isGone = true }
      return state.isGone
    }
  }

  func write(_ text: String) { send(.output(text)) }

  func say(_ text: String) { send(.message(text)) }

  func show(_ progress: Progress) {
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      guard state.lastProgress.duration(to: now) >= .milliseconds(100) else { return false }
      state.lastProgress = now
      return true
    }
    if isDue { send(.progress(progress)) }
  }

  func endProgress() { send(.progressEnded) }

  func send(_ event: ControlEvent) {
    guard let line = try? event.line else { return }
    if !socket.send(line) { state.withLock { $0.isGone = true } }
  }
}
