import Compression
import Foundation
import HTTP

/// The files of the Public folder, read once, each under a name with a hash of its content.
package struct Assets: Sendable {
  /// Why the Public folder could not be read.
  package enum Failure: Error, CustomStringConvertible {
    /// The folder has no such file, or it cannot be read; `reason` is the system's word for it.
    case unreadable(path: String, reason: String)

    package var description: String {
      switch self {
      case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
      }
    }
  }

  private let files: [String: Response]
  private let names: [String: String]

  /// Reads the files of a folder, without its subfolders.
  ///
  /// - Parameter folder: The path of the Public folder.
  /// - Throws: ``Failure``, also when the style sheet is missing.
  package init(folder: String) throws(Failure) {
    var files: [String: Response] = [:]
    var names: [String: String] = [:]
    for name in try Assets.names(in: folder) {
      guard let media = Assets.mediaType(of: name) else { continue }
      let octets = try Assets.content(of: folder + "/" + name)
      let dot = name.lastIndex(of: ".") ?? name.endIndex
      let hashed = "\(name[..<dot]).\(ContentHash.name(octets))\(name[dot...])"
      names[name] = hashed
      files[hashed] = Response(
        .ok,
        fields: [
          "Content-Type": media.type, "Cache-Control": "public, max-age=31536000, immutable",
          "Cross-Origin-Resource-Policy": "same-origin",
        ],
        content: media.isText
          ? .coded(identity: octets, gzip: gzip(octets, level: 9)) : .octets(octets),
        entityTag: ContentHash.tag(octets), isReusable: true)
    }
    guard names[Assets.styleSheet] != nil else {
      throw .unreadable(path: folder + "/" + Assets.styleSheet, reason: "there is no such file")
    }
    self.files = files
    self.names = names
  }

  static let styleSheet = "offprint.css"

  /// The answer to a request for a hashed name; nil when there is none.
  func response(for hashedName: String) -> Response? { files[hashedName] }

  /// Where a file of the Public folder is served; nil when the folder has none of this name.
  func resource(_ name: String) -> Resource? { names[name].map(Resource.asset) }

  private static func names(in folder: String) throws(Failure) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadable(path: folder, reason: error.localizedDescription)
    }
  }

  private static func content(of path: String) throws(Failure) -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
  }

  private static func mediaType(of name: String) -> (type: String, isText: Bool)? {
    switch name.split(separator: ".").last {
    case "css": ("text/css; charset=utf-8", true)
    case "js": ("text/javascript; charset=utf-8", true)
    case "svg": ("image/svg+xml", true)
    case "png": ("image/png", false)
    case "ico": ("image/x-icon", false)
    case "txt": ("text/plain; charset=utf-8", true)
    default: nil
    }
  }
}
