import HTTP

/// The family of a browser and its system, such as “Firefox on Linux”: enough for people to
/// recognize their own, and no more than that is stored.
enum BrowserFamily {
  /// Browsers name others they are compatible with, so the order matters.
  private static let browsers = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
  ]
  private static let systems = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
  ]

  /// The name of the family; empty when it is none of those known.
  static func name(of userAgent: String?) -> String {
    guard let userAgent else { return "" }
    func first(_ names: [(String, String)]) -> String? {
      names.first { userAgent.contains($0.0) }?.1
    }
    guard let browser = first(browsers) else { return "" }
    return first(systems).map { "\(browser) on \($0)" } ?? browser
  }
}

extension Request {
  var browserFamily: String { BrowserFamily.name(of: fields["User-Agent"]) }
}
