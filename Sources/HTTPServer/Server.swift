import Dispatch
import HTTP
import Synchronization
package import System

/// An HTTP/1.1 server: listening sockets, loops and workers in front of a service.
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
  ///
  /// - Parameters:
  ///   - configuration: Where and how.
  ///   - service: What answers.
  ///   - log: What is told of each answered request; nil for nothing.
  package init(
    configuration: ServerConfiguration, service: any Service, log: (any AccessLog)? = nil
  ) {
    context = ServerContext(configuration: configuration, service: service, log: log)
  }

  /// Listens, and begins to answer.
  ///
  /// - Returns: The addresses listened on, with the ports that the system chose for 0.
  /// - Throws: ``ServerError``; then nothing listens.
  package func start() throws(ServerError) -> [SocketAddress] {
    let listeners = try Listeners(context.configuration)
    try start(on: listeners)
    return listeners.addresses
  }

  /// Begins to answer on sockets that listen already; they are the server's from now on.
  ///
  /// - Parameter listeners: Opened by the configuration that the server was made with.
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
    // What is left of uploads that were cut is removed behind what is being written.
    let removals = DispatchGroup()
    for loop in loops { loop.storeQueue.async(group: removals) {} }
    _ = removals.wait(timeout: .now() + 1)
  }

  /// The sockets that are listened on, for a server that takes this one's place.
  package var listeningDescriptors: [Int32] {
    state.withLock { $0.isStopped ? [] : $0.listeners.map(\.socket.descriptor) }
  }

  /// What the server has done until now; may be read at any time, on any queue.
  package var statistics: ServerStatistics {
    var statistics = ServerStatistics()
    for loop in state.withLock({ $0.loops }) { loop.counters.add(to: &statistics) }
    statistics.waitingRequests = context.workers.waiting
    return statistics
  }
}
