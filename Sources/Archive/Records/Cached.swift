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

/// Cached values by key, for one generation.
final class CachedByKey<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Kept {
    var generation: UInt64 = 0
    var values: [Key: Value] = [:]
  }

  private let kept = Mutex(Kept())
  /// Keys come from addresses, so their number is bounded; beyond it the cache is emptied.
  private let mostKeys = 500

  /// The cached value, or what `read` returns.
  ///
  /// - Parameters:
  ///   - key: The key of the value.
  ///   - generation: The number of the last change, read before the value; nil caches nothing.
  ///   - read: Reads the value.
  /// - Returns: The value of that generation.
  /// - Throws: What `read` throws.
  func value(of key: Key, under generation: UInt64?, _ read: () throws -> Value) rethrows -> Value {
    guard let generation else { return try read() }
    let found = kept.withLock { $0.generation == generation ? $0.values[key] : nil }
    if let found { return found }
    let value = try read()
    kept.withLock { kept in
      if kept.generation != generation || kept.values.count >= mostKeys { kept.values = [:] }
      kept.generation = generation
      kept.values[key] = value
    }
    return value
  }
}
