import Dispatch
import Foundation
import HTTP
import HTTPServer
import Synchronization
import System

/// The log of a server: a line for each request and each event, on one descriptor.
///
/// Logging never blocks. Loops append their records to a slot that is not locked, and a serial
/// queue writes them some milliseconds later. When the reader of the descriptor
/// is too slow, records are dropped, and a later line says how many.
final class Log: AccessLog, Sendable {
  /// The records and events that wait in one slot.
  private struct Waiting {
    var records: [AccessRecord] = []
    var events: [Event] = []
  }

  private struct Event {
    /// Nanoseconds since 1970.
    var moment: Int64
    var level: LogLevel
    var message: String
    var fields: [(key: String, value: LogValue)]
  }

  private final class Slot: Sendable {
    let waiting = Mutex(Waiting())
  }

  /// More than there are event loops on most machines.
  private static let slotCount = 16
  private let slotCapacity: Int
  private static let pause: DispatchTimeInterval = .milliseconds(10)

  private let slots = (0..<slotCount).map { _ in Slot() }
  private let level: Atomic<Int>
  private let isScheduled = Atomic(false)
  private let dropped = Atomic(0)
  private let queue = DispatchQueue(label: "offprint.log")
  private let writer: Mutex<Writer>
  /// The path of the log's file; nil when it was given a descriptor.
  private let file = Mutex<String?>(nil)
  private let observer = Mutex<Observer?>(nil)
  private let isObserved = Atomic(false)

  /// A generic container wraps a bare closure once more each time it is read, for ever.
  private struct Observer {
    let take: @Sendable ([AccessRecord]) -> Void
  }

  /// Makes a log.
  ///
  /// - Parameters:
  ///   - format: The form of the lines.
  ///   - level: The least level that is logged.
  ///   - output: The descriptor that is written to.
  ///   - capacity: How many records may wait for a slow reader.
  init(format: LogFormat, level: LogLevel, output: Int32, capacity: Int = 1 << 17) {
    slotCapacity = capacity / Self.slotCount
    self.level = Atomic(level.rank)
    writer = Mutex(Writer(format: format, console: Console(output: output, errors: output)))
  }

  /// Makes a log that appends to a file.
  ///
  /// - Parameters:
  ///   - format: The form of the lines.
  ///   - level: The least level that is logged.
  ///   - path: The file.
  /// - Throws: ``LogFileError``.
  convenience init(format: LogFormat, level: LogLevel, file path: String) throws(LogFileError) {
    self.init(format: format, level: level, output: try Self.open(path))
    file.withLock { $0 = path }
  }

  /// Reopens the log file, if there is one, after it was renamed.
  ///
  /// - Throws: ``LogFileError``; then the old file stays.
  func reopen() throws(LogFileError) {
    guard let path = file.withLock({ $0 }) else { return }
    let output = try Self.open(path)
    flush()
    writer.withLock { $0.turn(to: output) }
  }

  private static func open(_ path: String) throws(LogFileError) -> Int32 {
    do throws(FileError) {
      var file = try FileDescriptor(path, for: .appending)
      // An existing file may be open to others; a pipe or a terminal is left as it is.
      let status = try file.status()
      if status.isFile, status.isOpenToOthers { try? file.setMode(0o600) }
      return file.release()
    } catch {
      throw LogFileError(path: path, errno: error.code)
    }
  }

  /// The least level that is logged.
  func setLevel(_ level: LogLevel) { self.level.store(level.rank, ordering: .relaxed) }

  /// Passes every record to `observer` too, at any level; called on the queue that writes.
  func observe(_ observer: @escaping @Sendable ([AccessRecord]) -> Void) {
    self.observer.withLock { $0 = Observer(take: observer) }
    isObserved.store(true, ordering: .relaxed)
  }

  func take(_ records: inout [AccessRecord]) {
    guard tellsRequests || isObserved.load(ordering: .relaxed) else {
      return records.removeAll(keepingCapacity: true)
    }
    for slot in slots {
      let isTaken = slot.waiting.withLockIfAvailable { waiting in
        guard waiting.records.count + records.count <= slotCapacity else { return false }
        waiting.records += records
        return true
      }
      guard isTaken == true else { continue }
      records.removeAll(keepingCapacity: true)
      return schedule()
    }
    dropped.add(records.count, ordering: .relaxed)
    records.removeAll(keepingCapacity: true)
    schedule()
  }

  private var tellsRequests: Bool { LogLevel.info.rank >= level.load(ordering: .relaxed) }

  /// Logs an event.
  ///
  /// - Parameters:
  ///   - level: How much it matters.
  ///   - message: A fixed text; what varies is in the fields.
  ///   - fields: Keys and values, in their order.
  func write(
    _ level: LogLevel, _ message: String, _ fields: [(key: String, value: LogValue)] = []
  ) {
    guard level.rank >= self.level.load(ordering: .relaxed) else { return }
    let event = Event(moment: Clock.wall, level: level, message: message, fields: fields)
    slots[0].waiting.withLock { $0.events.append(event) }
    schedule()
  }

  /// Writes a text at any level, such as where the server listens.
  ///
  /// A JSON log gets it as a line of JSON. When the log goes to a file,
  /// it goes to standard output too.
  func announce(_ text: String) {
    flush()
    if file.withLock({ $0 }) != nil { Console.standard.write(text + "\n") }
    writer.withLock { $0.announce(text, at: Clock.wall) }
  }

  /// Writes what waits, and returns when it was written.
  func flush() { queue.sync { writeWaiting() } }

  private func schedule() {
    guard isScheduled.exchange(true, ordering: .acquiringAndReleasing) == false else { return }
    queue.asyncAfter(deadline: .now() + Self.pause) { self.writeWaiting() }
  }

  private func writeWaiting() {
    // First, so that later records are scheduled again.
    isScheduled.store(false, ordering: .sequentiallyConsistent)
    let observer = observer.withLock { $0 }
    let tellsRequests = tellsRequests
    writer.withLock { writer in
      for slot in slots {
        // Written without the lock, so that nobody waits for the descriptor.
        var waiting = slot.waiting.withLock { waiting in
          let taken = waiting
          waiting = Waiting()
          return taken
        }
        for event in waiting.events {
          writer.add(event.moment, event.level, event.message, event.fields)
        }
        if tellsRequests { for record in waiting.records { writer.add(record) } }
        if !waiting.records.isEmpty { observer?.take(waiting.records) }
        Self.reuse(&waiting.records, in: slot)
      }
      let lost = dropped.exchange(0, ordering: .relaxed)
      if lost > 0 {
        writer.add(Clock.wall, .warning, "log lines dropped", [("count", .integer(lost))])
      }
      writer.flush()
    }
  }

  /// Keeps the memory of written records for the next ones, so that a request allocates none.
  private static func reuse(_ records: inout [AccessRecord], in slot: Slot) {
    guard records.capacity > 0, records.capacity <= 4096 else { return }
    records.removeAll(keepingCapacity: true)
    slot.waiting.withLock { waiting in
      if waiting.records.capacity == 0 { swap(&waiting.records, &records) }
    }
  }
}

/// Why the log's file could not be opened.
struct LogFileError: Error, CustomStringConvertible {
  let path: String
  let errno: Int32

  var description: String { "\(path): \(systemReason(of: errno))" }
}

/// Turns events into lines and writes them in batches.
private struct Writer: ~Copyable {
  private var console: Console
  private var line: LogLine
  private var clock = LogClock()

  init(format: LogFormat, console: Console) {
    self.console = console
    line = LogLine(format: format, reserving: 1 << 16)
  }

  /// Continues on another descriptor and closes the old one.
  mutating func turn(to output: Int32) {
    flush()
    _ = close(console.output)
    console = Console(output: output, errors: output)
  }

  mutating func add(
    _ moment: Int64, _ level: LogLevel, _ message: String,
    _ fields: [(key: String, value: LogValue)]
  ) {
    line.begin(
      timestamp: clock.text(moment),
      level: level, message: message)
    for (key, value) in fields { line.add(key, value) }
    line.end()
  }

  mutating func add(_ record: AccessRecord) {
    line.begin(
      timestamp: clock.text(record.time),
      level: record.status >= 500 ? .error : .info, message: "request")
    line.add("method", record.method?.rawValue ?? "")
    line.add("path", record.path)
    line.add("status", record.status)
    line.add("bytes", record.contentBytes)
    line.add("dur_ms", microseconds: Int(record.duration / 1000))
    line.add("client", record.client)
    line.add("request_id", record.id)
    if record.isReused { line.add("cached", "yes") }
    if record.isCut { line.add("cut", "yes") }
    line.end()
    if line.octets.count > 1 << 16 { flush() }
  }

  mutating func announce(_ text: String, at moment: Int64) {
    switch line.format {
    case .logfmt: console.write(text + "\n")
    case .json:
      add(moment, .notice, text, [])
      flush()
    }
  }

  mutating func flush() {
    guard !line.octets.isEmpty else { return }
    console.write(line.octets)
    line.removeAll()
  }
}

/// Formats times (RFC 3339), and caches the last second.
struct LogClock {
  private var second: Int64?
  private var secondText = ""
  private var millisecond: Int64 = -1
  private var text = ""

  /// A time in UTC with milliseconds: `2026-11-24T10:00:00.007Z`.
  ///
  /// - Parameter time: Nanoseconds since 1970.
  /// - Returns: The text.
  mutating func text(_ time: Int64) -> String {
    let second = time / 1_000_000_000
    if self.second != second {
      let date = Date(timeIntervalSince1970: Double(second))
      secondText = date.formatted(.iso8601).dropLast() + "."
      self.second = second
      millisecond = -1
    }
    let millisecond = time / 1_000_000 % 1000
    if self.millisecond != millisecond {
      let digits = String(millisecond)
      text = secondText + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
      self.millisecond = millisecond
    }
    return text
  }
}
