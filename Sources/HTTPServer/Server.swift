import Dispatch
import HTTP
import Synchronization
package import System

/// An HTTP/1.1 server: listening sockets, event loops and workers for a service.
package final class Server: Sendable {
  private struct State {
    var loops: [EventLoop] = []
    var listeners: [Listener] = []
    var isStopped = false
  }

  private let context: ServerContext
  private let state = Mutex(State())
  /// Entered by each loop until it has ended.
  private let running = DispatchGroup()

  /// Makes a server that does not listen yet.
  package init(
    configuration: ServerConfiguration, service: any Service, log: (any AccessLog)? = nil
  ) {
    context = ServerContext(configuration: configuration, service: service, log: log)
  }

  /// Opens the configured sockets and begins to answer.
  ///
  /// - Returns: The addresses listened on, with the ports that the system chose for 0.
  /// - Throws: ``ServerError``; then nothing listens.
  package func start() throws(ServerError) -> [SocketAddress] {
    let listeners = try Listeners(context.configuration)
    try start(on: listeners)
    return listeners.addresses
  }

  /// Begins to answer on listening sockets, of which the server takes ownership.
  ///
  /// - Throws: ``ServerError``; then nothing listens.
  package func start(on listeners: Listeners) throws(ServerError) {
    let listeners = listeners.all
    var loops: [EventLoop] = []
    do throws(SystemError) {
      for number in 0..<context.configuration.loops {
        let running = self.running
        loops.append(
          try EventLoop(number: number, listeners: listeners, context: context) { running.leave() })
      }
    } catch {
      for listener in listeners { listener.closeUnlessInherited() }
      throw .system(error, nil)
    }
    for loop in loops {
      running.enter()
      context.stoppedAccepting.enter()
      context.asking.enter()
      loop.queue.async { loop.run() }
    }
    let started = loops
    state.withLock { state in
      state.loops = started
      state.listeners = listeners
    }
  }

  /// Stops accepting, closes idle connections and lets requests finish until the limit.
  ///
  /// May be called again, with a shorter limit, while it waits.
  ///
  /// - Parameters:
  ///   - limit: How long running requests may take.
  ///   - rest: Called once when the service will not be called again and only responses are on
  ///     their way, at the limit at the latest.
  package func stop(within limit: Duration, beforeTheRest rest: () -> Void = {}) {
    let nanoseconds = limit.clampedNanoseconds
    let end = Clock.monotonic + Int64(nanoseconds)
    let (loops, listeners) = state.withLock { state in
      let listeners = state.isStopped ? [] : state.listeners
      state.isStopped = true
      return (state.loops, listeners)
    }
    for loop in loops { loop.post(.stop(limit: end)) }
    if !listeners.isEmpty {
      context.stoppedAccepting.wait()
      for listener in listeners { listener.closeUnlessInherited() }
    }
    let remaining = Int(max(0, end - Clock.monotonic))
    if context.asking.wait(timeout: .now() + .nanoseconds(remaining)) == .success {
      _ = context.workers.drain(within: .nanoseconds(max(0, end - Clock.monotonic)))
    }
    rest()
    running.wait()
    _ = context.workers.drain(within: .nanoseconds(max(0, end - Clock.monotonic)))
    // The files of cut uploads are removed after what is being written.
    let removals = DispatchGroup()
    for loop in loops { loop.storeQueue.async(group: removals) {} }
    _ = removals.wait(timeout: .now() + 1)
  }

  /// The listening sockets, for a server that replaces this one.
  package var listeningDescriptors: [Int32] {
    state.withLock { $0.isStopped ? [] : $0.listeners.map(\.socket.descriptor) }
  }

  /// May be read at any time, on any queue.
  package var statistics: ServerStatistics {
    var statistics = ServerStatistics()
    for loop in state.withLock({ $0.loops }) { loop.counters.add(to: &statistics) }
    statistics.waitingRequests = context.workers.waiting
    statistics.costly = context.workers.costlyStatistics(of: .searches)
    statistics.drawing = context.workers.costlyStatistics(of: .drawings)
    return statistics
  }
}
