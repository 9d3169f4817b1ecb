internal import Synchronization

/// A value that every page shows and only a change changes, kept under the generation it was read
/// in.
final class Cached<Value: Sendable>: Sendable {
  private let kept = Mutex<(generation: UInt64, value: Value)?>(nil)

  /// The kept value, or what `read` returns.
  ///
  /// - Parameters:
  ///   - generation: Taken before anything is read; nil keeps nothing.
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
