/// The work that computing colours and pictures of a page may still take.
///
/// Functions, meshes and colour spaces can ask for far more of it than there are operators. A unit
/// is about ten nanoseconds.
final class WorkBudget {
  private var left: Int
  /// Whether something was not computed.
  private(set) var isExhausted = false

  init(_ units: Int) { left = units }

  /// The units left.
  var remaining: Int { max(left, 0) }

  /// Takes units; false if there are not enough, and from then on.
  func spend(_ units: Int) -> Bool {
    guard !isExhausted, units <= left else {
      isExhausted = true
      return false
    }
    left -= units
    return true
  }
}
