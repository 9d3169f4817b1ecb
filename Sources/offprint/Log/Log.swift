import Dispatch
import Foundation
import HTTP
import HTTPServer
import Synchronization
import System

/// The log of a server: a line for each request and each event, on one descriptor.
///
/// Who logs never waits. Loops leave their records in a slot that nobody holds just then, and a
/// queue of its own writes what has gathered some milliseconds later. When the descriptor's reader
/// is too slow, records are dropped, and a later line says how many.
final class Log: AccessLog, Sendable {
  /// What waits in one slot.
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

  /// More slots than loops that could want one at the same moment, on most machines.
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
  private let observer = Mutex<(@Sendable ([AccessRecord]) -> Void)?>(nil)
  private let isObserved = Atomic(false)

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

  /// Makes a log in a file, which is made when it is not there and never shortened.
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

  /// Opens the log's file anew, if it has one: what is logged from now on goes to whatever has its
  /// path then, and what was logged before goes to the file that had it.
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

  /// Hands every record also to `observer`, whatever the level; called where it delays only lines.
  func observe(_ observer: @escaping @Sendable ([AccessRecord]) -> Void) {
    self.observer.withLock { $0 = observer }
    isObserved.store(true, ordering: .relaxed)
  }

  func take(_ records: inout [AccessRecord]) {
    guard tellsRequests || isObserved.load(ordering: .relaxed) else {
      return records.removeAll(keepingCapacity: true)
    }
    for slot in slots {
      let isTaken = slot.waiting.withLockIfAvailable { waiting in
        guard waiting.records.count + records.count <= slotCapacity else { return false }
        if waiting.records.isEmpty {
          // Nothing is copied; the loop gets the room of records that have been written.
          swap(&waiting.records, &records)
        } else {
          waiting.records += records
          records.removeAll(keepingCapacity: true)
        }
        return true
      }
      if isTaken == true { return schedule() }
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
  ///   - message: A fixed wording; what varies stands in the fields.
  ///   - fields: Keys and values, in their order.
  func write(
    _ level: LogLevel, _ message: String, _ fields: [(key: String, value: LogValue)] = []
  ) {
    guard level.rank >= self.level.load(ordering: .relaxed) else { return }
    let event = Event(moment: Clock.wall, level: level, message: message, fields: fields)
    slots[0].waiting.withLock { $0.events.append(event) }
    schedule()
  }

  /// Writes a text for people that must be seen in every log: where the server listens.
  ///
  /// Among lines of JSON it is one of them; else it stands as it is. When the log goes to a file,
  /// it goes to standard output too.
  func announce(_ text: String) {
    flush()
    if file.withLock({ $0 }) != nil { Console.standard.write(text + "\n") }
    writer.withLock { $0.announce(text, at: Clock.wall) }
  }

  /// Writes what is waiting and returns when it has been written.
  func flush() { queue.sync { writeWaiting() } }

  private func schedule() {
    guard isScheduled.exchange(true, ordering: .acquiringAndReleasing) == false else { return }
    queue.asyncAfter(deadline: .now() + Self.pause) { self.writeWaiting() }
  }

  private func writeWaiting() {
    // First, so that what comes from here on is scheduled anew.
    isScheduled.store(false, ordering: .sequentiallyConsistent)
    let observer = observer.withLock { $0 }
    let tellsRequests = tellsRequests
    writer.withLock { writer in
      for slot in slots {
        // Taken out under the lock and written without it: nobody waits for the descriptor.
        var waiting = slot.waiting.withLock { waiting in
          let taken = waiting
          waiting = Waiting()
          return taken
        }
        for event in waiting.events {
          writer.add(event.moment, event.level, event.message, event.fields)
        }
        if tellsRequests { for record in waiting.records { writer.add(record) } }
        if !waiting.records.isEmpty { observer?(waiting.records) }
        Self.giveBack(&waiting.records, to: slot)
      }
      let lost = dropped.exchange(0, ordering: .relaxed)
      if lost > 0 {
        writer.add(Clock.wall, .warning, "log lines dropped", [("count", .integer(lost))])
      }
      writer.flush()
    }
  }
}

/// Why the log's file could not be opened.
struct LogFileError: Error, CustomStringConvertible {
  let path: String
  let errno: Int32

  var description: String { "\(path): \(systemReason(of: errno))" }
}

extension Log {
  /// Lets the room of records that have been written be used again.
  private static func giveBack(_ records: inout [AccessRecord], to slot: Slot) {
    guard records.capacity > 0, records.capacity <= 4096 else { return }
    records.removeAll(keepingCapacity: true)
    slot.waiting.withLock { waiting in
      if waiting.records.capacity == 0 { swap(&waiting.records, &records) }
    }
  }
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

  /// Writes to another descriptor from now on, and closes the one before.
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
      timestamp: clock.text(
        seconds: moment / 1_000_000_000, nanoseconds: Int32(moment % 1_000_000_000)),
      level: level, message: message)
    for (key, value) in fields { line.add(key, value) }
    line.end()
  }

  mutating func add(_ record: AccessRecord) {
    line.begin(
      timestamp: clock.text(seconds: record.seconds, nanoseconds: record.nanoseconds),
      level: record.status >= 500 ? .error : .info, message: "request")
    line.add("method", record.method?.rawValue ?? "")
    line.add("path", record.path)
    line.add("status", record.status)
    line.add("bytes", record.contentOctets)
    line.add("dur_ms", microseconds: Int(record.durationNanoseconds / 1000))
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

/// Writes moments as RFC 3339 has them, and remembers the last second.
struct LogClock {
  private var second: Int64?
  private var secondText = ""
  private var millisecond: Int32 = -1
  private var text = ""

  /// A moment in UTC with milliseconds: `2026-11-24T10:00:00.007Z`.
  mutating func text(seconds: Int64, nanoseconds: Int32) -> String {
    if second != seconds {
      let date = Date(timeIntervalSince1970: Double(seconds))
      secondText = date.formatted(.iso8601).dropLast() + "."
      second = seconds
      millisecond = -1
    }
    let millisecond = max(0, min(999, nanoseconds / 1_000_000))
    if self.millisecond != millisecond {
      let digits = String(millisecond)
      text = secondText + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
      self.millisecond = millisecond
    }
    return text
  }
}
