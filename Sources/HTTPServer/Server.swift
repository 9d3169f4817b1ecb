import Dispatch
import Glibc
import HTTP
import Synchronization

/// An HTTP/1.1 server: listening sockets, loops and workers in front of a service.
package final class Server: Sendable {
  private struct State {
    var loops: [Loop] = []
    var listeners: [Listener] = []
    var isStopped = false
  }

  private let shared: Shared
  private let state = Mutex(State())
  /// Entered by each loop until it has ended.
  private let running = DispatchGroup()

  /// Makes a server that does not listen yet.
  ///
  /// - Parameters:
  ///   - configuration: Where and how.
  ///   - service: What answers.
  ///   - log: What is told of each answered request; nil for nothing.
  package init(
    configuration: ServerConfiguration, service: any Service, log: (any AccessLog)? = nil
  ) {
    shared = Shared(configuration: configuration, service: service, log: log)
  }

  /// Listens, and begins to answer.
  ///
  /// - Returns: The addresses listened on, with the ports that the system chose for 0.
  /// - Throws: ``ServerError``; then nothing listens.
  package func start() throws(ServerError) -> [SocketAddress] {
    let listeners = try Listeners(shared.configuration)
    try start(on: listeners)
    return listeners.addresses
  }

  /// Begins to answer on sockets that listen already; they are the server's from now on.
  ///
  /// - Parameter listeners: Opened by the configuration that the server was made with.
  /// - Throws: ``ServerError``; then nothing listens.
  package func start(on listeners: Listeners) throws(ServerError) {
    let listeners = listeners.all
    var loops: [Loop] = []
    do throws(ServerError) {
      for number in 0..<shared.configuration.loops {
        let running = self.running
        loops.append(
          try Loop(number: number, listeners: listeners, shared: shared) { running.leave() })
      }
    } catch {
      for listener in listeners { listener.closeUnlessInherited() }
      throw error
    }
    for loop in loops {
      running.enter()
      shared.stoppedAccepting.enter()
      shared.asking.enter()
      loop.queue.async { loop.run() }
    }
    let started = loops
    state.withLock { state in
      state.loops = started
      state.listeners = listeners
    }
  }

  /// Stops: no more connections are accepted, idle ones are closed, and what runs may end.
  ///
  /// Returns when everything has ended, or at the limit, when what still runs has been cut. May be
  /// called again, with a shorter limit, while it waits.
  ///
  /// - Parameters:
  ///   - limit: How long requests that run may take still.
  ///   - rest: Called once when the service will not be asked any more, and only answers are on
  ///     their way, which may take long; at the limit at the latest.
  package func stop(within limit: Duration, beforeTheRest rest: () -> Void = {}) {
    let nanoseconds = limit.clampedNanoseconds
    let end = monotonicNow() + Int64(nanoseconds)
    let (loops, listeners) = state.withLock { state in
      let listeners = state.isStopped ? [] : state.listeners
      state.isStopped = true
      return (state.loops, listeners)
    }
    for loop in loops { loop.post(.stop(limit: end)) }
    if !listeners.isEmpty {
      shared.stoppedAccepting.wait()
      for listener in listeners { listener.closeUnlessInherited() }
    }
    let remaining = Int(max(0, end - monotonicNow()))
    if shared.asking.wait(timeout: .now() + .nanoseconds(remaining)) == .success {
      _ = shared.workers.drain(within: .nanoseconds(max(0, end - monotonicNow())))
    }
    rest()
    running.wait()
    _ = shared.workers.drain(within: .nanoseconds(max(0, end - monotonicNow())))
    // What is left of uploads that were cut is removed behind what is being written.
    let removals = DispatchGroup()
    for loop in loops { loop.storeQueue.async(group: removals) {} }
    _ = removals.wait(timeout: .now() + 1)
  }

  /// Makes the answer to a GET before anybody asks for it, unless there is a current one.
  ///
  /// It is kept in the answer file, in the default language, and only when the service says that it
  /// may be given again. Called on one queue at a time; the service is asked with the number that
  /// follows those of the workers.
  ///
  /// - Parameter path: Of a target without a query.
  /// - Returns: The octets it takes in the file, and whether it had to be made; nil when it is not
  ///   kept.
  package func prepare(_ path: String) -> (octets: Int, isNew: Bool)? {
    guard let file = shared.answerFile else { return nil }
    let now = wallNow() / 1_000_000_000
    if let octets = file.octets(of: Array(path.utf8), language: 0, shared.service, at: now) {
      return (octets, false)
    }
    let request = Request(method: .get, path: path, fields: ["accept-encoding": "gzip"])
    let made = shared.answer(to: request, worker: shared.configuration.workers, now: now)
    return made.prepared.flatMap(file.keep).map { ($0, true) }
  }

  /// The octets that `prepare` should fill at most, so that what is made anew finds room before what
  /// is current has to make way; 0 without a file.
  package var preparingRoom: Int { (shared.answerFile?.capacity ?? 0) / 4 * 3 }

  /// The sockets that are listened on, for a server that takes this one's place.
  package var listeningDescriptors: [Int32] {
    state.withLock { $0.isStopped ? [] : $0.listeners.map(\.descriptor) }
  }

  /// What the server has done until now; may be read at any time, on any queue.
  package var statistics: ServerStatistics {
    var statistics = ServerStatistics()
    for loop in state.withLock({ $0.loops }) { loop.counters.add(to: &statistics) }
    statistics.preparedOctets = shared.answers.octets
    if let extent = shared.answerFile?.extent {
      (statistics.filedAnswers, statistics.filedOctets) = extent
    }
    statistics.waitingRequests = shared.workers.waiting
    return statistics
  }
}
