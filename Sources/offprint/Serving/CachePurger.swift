import Archive
import Dispatch
import HTTP
import HTTPServer
import Site
import Synchronization
import System

/// Sends `PURGE` with surrogate keys to the caches before the server.
///
/// Each cache has a queue of its own, so that one that cannot be reached does not delay the others.
/// Changes of staff only add keys and return.
final class CachePurger: Sendable {
  /// What sends to one cache.
  private struct Sender {
    let cache: HTTPAddress
    let timer: any DispatchSourceTimer
  }

  private let purges: CachePurges
  private let log: Log?
  private let client: HTTPClient
  private let senders = Mutex<[Sender]>([])

  init(_ purges: CachePurges, log: Log?) {
    self.purges = purges
    self.log = log
    var client = HTTPClient()
    client.patience = 5
    client.deadline = .seconds(10)
    self.client = client
  }

  /// Has the caches forget everything, and from now on what each change concerns.
  func start(with archive: Archive) {
    guard !purges.caches.isEmpty else { return }
    purges.addEverything(at: Self.now)
    senders.withLock { senders in
      for cache in purges.caches {
        let queue = DispatchQueue(label: "offprint.purge", qos: .utility)
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler { [self] in turn(cache) }
        timer.schedule(deadline: .now())
        timer.activate()
        senders.append(Sender(cache: cache, timer: timer))
      }
    }
    archive.observeChanges { [purges, weak self] change in
      purges.add(change, at: Self.now)
      self?.wake()
    }
  }

  /// Begins no more requests.
  ///
  /// It does not wait for those under way: at the next start the caches forget everything.
  func stop() {
    senders.withLock { senders in
      for sender in senders { sender.timer.cancel() }
      senders = []
    }
  }

  /// In seconds.
  private static var now: Int64 { Clock.monotonic / 1_000_000_000 }

  private func wake() {
    senders.withLock { for sender in $0 { sender.timer.schedule(deadline: .now()) } }
  }

  /// Sends what is due, and returns later for what waits.
  private func turn(_ cache: HTTPAddress) {
    while senders.withLock({ !$0.isEmpty }) {
      let keys = purges.next(for: cache, at: Self.now)
      guard !keys.isEmpty else { break }
      let failure = send(keys, to: cache)
      log?.write(purges.note(cache, failure: failure, at: Self.now))
    }
    // Under the lock, so that it does not put off what a change has added since.
    senders.withLock { senders in
      guard let time = purges.nextTime(for: cache),
        let sender = senders.first(where: { $0.cache == cache })
      else { return }
      sender.timer.schedule(deadline: .now() + .seconds(max(0, Int(time - Self.now))))
    }
  }

  /// Why it failed; nil when the cache has forgotten the keys.
  private func send(_ keys: [String], to cache: HTTPAddress) -> String? {
    do {
      let fields: Fields = ["Surrogate-Key": keys.joined(separator: " ")]
      let answer = try client.send("PURGE", to: cache, fields: fields)
      return (200..<300).contains(answer.status) ? nil : "status \(answer.status)"
    } catch {
      return "\(error)"
    }
  }
}

extension Log {
  fileprivate func write(_ report: CachePurges.Report) {
    switch report {
    case .nothingNew: break
    case .failed(let cache, let reason):
      write(
        .warning, "a cache cannot be purged; trying again until it can",
        [("cache", .text("\(cache)")), ("error", .text(reason))])
    case .recovered(let cache):
      write(.notice, "the cache is purged again", [("cache", .text("\(cache)"))])
    }
  }
}
