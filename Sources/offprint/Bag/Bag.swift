import Archive
import System

/// The files of a bag (RFC 8493) beside its payload.
enum Bag {
  static let declaration = "bagit.txt"
  static let information = "bag-info.txt"
  static let manifest = "manifest-sha256.txt"
  static let tagManifest = "tagmanifest-sha256.txt"
  static let payload = "data"

  /// The names of our own lines of `bag-info.txt`.
  static let recordVersion = "Offprint-Record-Version"
  static let contents = "Offprint-Contents"

  /// The lines of a file with their numbers; they end as on any system.
  static func lines(of path: String) throws(Input.Failure) -> [(number: Int, text: String)] {
    let bytes = try Input.bytes(of: path, limit: 1 << 30)
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .map { index, line in
        let text = line.last == 0x0D ? line.dropLast() : line
        return (index + 1, String(decoding: text, as: UTF8.self))
      }
      .filter { !$0.text.isEmpty }
  }

  /// The named values of `bag-info.txt`; long ones are folded onto indented lines (RFC 8493
  /// §2.2.2).
  static func information(of folder: String) throws(Input.Failure) -> [(name: String, text: String)]
  {
    var values: [(name: String, text: String)] = []
    for (_, line) in try lines(of: "\(folder)/\(information)") {
      if line.first == " " || line.first == "\t", let last = values.indices.last {
        values[last].text += " " + line.drop { $0 == " " || $0 == "\t" }
      } else if let colon = line.firstIndex(of: ":") {
        let text = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        values.append((String(line[..<colon]), String(text)))
      }
    }
    return values
  }
}

/// A line of a manifest: the SHA-256 of a file, and its path in the bag.
struct ManifestEntry: Equatable {
  let sha256: String
  let path: String

  init(sha256: String, path: String) {
    self.sha256 = sha256
    self.path = path
  }

  /// Parses `HASH  PATH`; nil when it is not that.
  init?(line: String) {
    let bytes = line.utf8
    let hash = bytes.prefix { $0 != 0x20 && $0 != 0x09 }
    var path = bytes.dropFirst(hash.count).drop { $0 == 0x20 || $0 == 0x09 }
    // md5sum marks binary files with an asterisk.
    if path.first == UInt8(ascii: "*") { path = path.dropFirst() }
    let isHash =
      hash.count == 64
      && hash.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
    guard isHash, !path.isEmpty else { return nil }
    sha256 = String(decoding: hash, as: UTF8.self).lowercased()
    self.path = String(decoding: path, as: UTF8.self).replacing("%0D", with: "\r").replacing(
      "%0A", with: "\n"
    )
    .replacing("%0d", with: "\r").replacing("%0a", with: "\n").replacing("%25", with: "%")
  }

  /// The line with its end; line ends and percent signs in paths are escaped (RFC 8493 §2.1.3).
  var line: String {
    let path = path.replacing("%", with: "%25").replacing("\r", with: "%0D")
      .replacing("\n", with: "%0A")
    return "\(sha256)  \(path)\n"
  }

  /// Whether the path stays inside the bag, whoever wrote it.
  var isInside: Bool {
    !path.hasPrefix("/") && !path.hasPrefix("~") && !path.contains("\0") && !path.contains("\\")
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }
}
