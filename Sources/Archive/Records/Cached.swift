internal import Synchronization

/// A cached value with the number of the change it was read after.
final class Cached<Value: Sendable>: Sendable {
  private let kept = Mutex<(generation: UInt64, value: Value)?>(nil)

  /// The cached value, or what `read` returns.
  ///
  /// - Parameters:
  ///   - generation: The number of the last change, read before the value; nil caches nothing.
  ///   - read: Reads the value.
  /// - Returns: The value of that generation.
  /// - Throws: What `read` throws.
  func value(under generation: UInt64?, _ read: () throws -> Value) rethrows -> Value {
    guard let generation else { return try read() }
    if let kept = kept.withLock({ $0 }), kept.generation == generation { return kept.value }
    let value = try read()
    kept.withLock { $0 = (generation, value) }
    return value
  }
}
