import Archive

/// The address of a licence that a record gives by SPDX identifier, address or name.
enum Licence {
  /// A well-known address; nil if there is none.
  static func address(_ text: String?) -> String? {
    guard let text else { return nil }
    if let identifier = SPDX.identifier(of: text) {
      return "https://spdx.org/licenses/\(identifier)"
    }
    let isAddress =
      (text.hasPrefix("https://") || text.hasPrefix("http://"))
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 }
    return isAddress ? text : nil
  }
}
