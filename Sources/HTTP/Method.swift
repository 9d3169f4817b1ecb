/// A request method the server has (RFC 9110 §9.3, RFC 5789).
package enum Method: String, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case delete = "DELETE"
  case options = "OPTIONS"
  case patch = "PATCH"

  /// Whether the method asks only for reading (RFC 9110 §9.2.1).
  package var isSafe: Bool {
    switch self {
    case .get, .head, .options: true
    case .post, .put, .delete, .patch: false
    }
  }
}

extension Method {
  /// The index among all methods.
  package var index: Int {
    switch self {
    case .get: 0
    case .head: 1
    case .post: 2
    case .put: 3
    case .delete: 4
    case .options: 5
    case .patch: 6
    }
  }
}
