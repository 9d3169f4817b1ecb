/// A server with the sample publications, started once for all tests that only read.
enum Demo {
  private static let started = Result { try ServerProcess(nil, ["--demo"]) }

  static var server: ServerProcess {
    get throws { try started.get() }
  }

  /// The publication that comes first, and one whose PDF is long.
  static let seed = "/publications/russia-and-the-koreas-past-policies-and-future-possibilities"
  static let long = "/publications/asia-pacific-balance"
}
