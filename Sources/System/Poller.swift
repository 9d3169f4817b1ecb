import CLinux
import Glibc

/// Waits for events on many descriptors (epoll), and for wake-ups by other threads (eventfd).
///
/// One thread waits; any thread may call ``wakeUp()``.
@safe
package final class Poller: Sendable {
  /// The events that are reported on a descriptor, beside errors.
  package enum Interest: Sendable {
    case none
    /// Bytes to read, or the end of them; reported once each time that some arrive.
    case bytes
    /// Room to write; reported for as long as there is some.
    case room
    /// Connections to accept; one of the pollers that watch the listener is woken.
    case connections

    var events: UInt32 {
      switch self {
      case .none: 0
      case .bytes: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
      case .room: EPOLLOUT.rawValue
      case .connections: EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
      }
    }
  }

  /// What happened on a descriptor.
  package struct Event: Sendable {
    /// As given to ``add(_:key:for:)``.
    package let key: UInt64
    private let events: UInt32

    init(key: UInt64, events: UInt32) {
      self.key = key
      self.events = events
    }

    package var isReadable: Bool {
      events & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
    }
    package var isWritable: Bool { events & EPOLLOUT.rawValue != 0 }
    /// Whether the peer has reset the connection, or both sides have ended it.
    package var isBroken: Bool { events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 }
    /// Whether the peer sends no more.
    package var isEndOfInput: Bool { events & EPOLLRDHUP.rawValue != 0 }
  }

  /// The key of the event that ``wakeUp()`` causes.
  package static let wakeUpKey = UInt64.max

  private static let capacity = 256
  private let epoll: Int32
  private let wakeUpDescriptor: Int32
  /// Used by the thread that waits.
  private nonisolated(unsafe) let events: UnsafeMutableBufferPointer<epoll_event>

  /// - Throws: ``SystemError`` when the process has no descriptors left.
  package init() throws(SystemError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw SystemError("epoll_create1") }
    wakeUpDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard wakeUpDescriptor >= 0 else {
      let error = SystemError("eventfd")
      close(epoll)
      throw error
    }
    unsafe events = .allocate(capacity: Self.capacity)
    control(EPOLL_CTL_ADD, wakeUpDescriptor, key: Self.wakeUpKey, events: EPOLLIN.rawValue)
  }

  deinit {
    close(epoll)
    close(wakeUpDescriptor)
    unsafe events.deallocate()
  }

  /// Waits for events.
  ///
  /// - Parameter milliseconds: The longest wait; negative waits without a limit.
  /// - Returns: How many events there are; read them with ``event(_:)`` before the next wait.
  package func wait(milliseconds: Int32) -> Int {
    // Unsafe: the system writes at most as many events as there is room for.
    let count = unsafe epoll_wait(
      epoll, events.baseAddress, Int32(Self.capacity), milliseconds)
    return max(0, Int(count))
  }

  /// One of the events of the last wait.
  package func event(_ index: Int) -> Event {
    precondition(index >= 0 && index < Self.capacity)
    let event = unsafe events[index]
    return unsafe Event(key: event.data.u64, events: event.events)
  }

  package func add(_ descriptor: Int32, key: UInt64, for interest: Interest) {
    control(EPOLL_CTL_ADD, descriptor, key: key, events: interest.events)
  }

  /// Watches for other events; those that are there already are reported again.
  package func change(_ descriptor: Int32, key: UInt64, to interest: Interest) {
    control(EPOLL_CTL_MOD, descriptor, key: key, events: interest.events)
  }

  /// Stops watching; closing a descriptor does the same.
  package func remove(_ descriptor: Int32) {
    control(EPOLL_CTL_DEL, descriptor, key: 0, events: 0)
  }

  private func control(_ operation: Int32, _ descriptor: Int32, key: UInt64, events: UInt32) {
    var event = unsafe epoll_event()
    unsafe event.events = events
    unsafe event.data.u64 = key
    // Unsafe: the system reads one event.
    _ = unsafe epoll_ctl(epoll, operation, descriptor, &event)
  }

  /// Makes ``wait(milliseconds:)`` return; may be called on any thread.
  package func wakeUp() {
    var one: UInt64 = 1
    // Unsafe: eight bytes of a local are read. It cannot fail: the counter is far from full.
    _ = unsafe Glibc.write(wakeUpDescriptor, &one, 8)
  }

  /// Clears wake-ups, so that they are not reported again.
  package func clearWakeUps() {
    var count: UInt64 = 0
    // Unsafe: eight bytes of a local are written.
    _ = unsafe Glibc.read(wakeUpDescriptor, &count, 8)
  }
}
