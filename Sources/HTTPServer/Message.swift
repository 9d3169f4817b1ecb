import HTTP

/// What other queues tell a loop.
enum Message: Sendable {
  /// A worker has answered the request of a connection.
  case answered(Pending, Answer, Prepared?)
  /// The content handed over is in its file, or could not be written.
  case stored(key: UInt64, errno: Int32?)
  /// No more connections, and none that lasts beyond `limit` in monotonic nanoseconds.
  case stop(limit: Int64)
}
