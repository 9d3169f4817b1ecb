import HTTP

/// What other queues tell a loop.
enum Message: Sendable {
  /// A worker has answered the request of a connection.
  case answered(Pending, Answer, Prepared?)
  /// What a request has waited for is there; nil when it has to ask for itself.
  case shared(Pending, Prepared?)
  /// The content handed over is in its file, or could not be written.
  case stored(key: UInt64, errno: Int32?)
  /// No more connections, and none that lasts beyond `limit` in monotonic nanoseconds.
  case stop(limit: Int64)
}
