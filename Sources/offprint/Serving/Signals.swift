import Dispatch
import Foundation
import Synchronization

/// Turns signals into calls on a queue while it exists.
final class Signals: Sendable {
  private let sources: Mutex<[any DispatchSourceSignal]>

  /// Catches signals, and disables their default effect.
  ///
  /// - Parameters:
  ///   - numbers: The signals.
  ///   - action: Called on a serial queue for each signal.
  init(_ numbers: [Int32], action: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "offprint.signals")
    let sources = numbers.map { number in
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { action(number) }
      source.resume()
      return source
    }
    self.sources = Mutex(sources)
  }
}

/// A request to stop, by SIGTERM or SIGINT; the second one ends the process at once.
final class StopRequest: Sendable {
  private let isMade = Atomic(false)
  private let semaphore = DispatchSemaphore(value: 0)
  private let signals: Mutex<Signals?> = Mutex(nil)

  /// - Parameter action: Called when the request is made.
  init(_ action: @escaping @Sendable () -> Void = {}) {
    let signals = Signals([SIGTERM, SIGINT]) { [weak self] number in
      guard let self else { return }
      // The status that shells use for a process ended by a signal.
      if self.isMade.exchange(true, ordering: .sequentiallyConsistent) { _exit(128 + number) }
      action()
      self.semaphore.signal()
    }
    self.signals.withLock { $0 = signals }
  }

  var hasBeenMade: Bool { isMade.load(ordering: .sequentiallyConsistent) }

  func wait() { semaphore.wait() }
}
