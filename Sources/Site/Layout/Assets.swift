import Compression
import Foundation
import HTTP

/// The files of the Public folder, read once, each under a name with a hash of its content.
package struct Assets: Sendable {
  /// Why the Public folder could not be read.
  package enum Failure: Error, CustomStringConvertible {
    /// A file is missing or cannot be read; `reason` is the message of the system.
    case unreadable(path: String, reason: String)
    /// A line of a language's file is not `name = words`; lines count from 1.
    case malformed(path: String, line: Int)

    package var description: String {
      switch self {
      case .unreadable(let path, let reason): "\(path): could not be read: \(reason)"
      case .malformed(let path, let line): "\(path):\(line): expected “name = words”"
      }
    }
  }

  private let files: [String: Response]
  private let names: [String: String]
  /// The languages of the site, the default first.
  package let languages: [Language]
  /// The accent colour of the site.
  package let accent: Accent

  /// Reads the files of a folder, and the languages in its folder `languages`.
  ///
  /// - Parameters:
  ///   - folder: The path of the Public folder.
  ///   - accent: The accent colour, which is added to the style sheet.
  ///   - language: The tag of the default language.
  /// - Throws: ``Failure``, also when the style sheet or the English words are missing.
  package init(
    folder: String, accent: Accent = .initial, language: String = Assets.english
  ) throws(Failure) {
    self.accent = accent
    languages = try Assets.languages(in: folder + "/languages", first: language)
    var files: [String: Response] = [:]
    var names: [String: String] = [:]
    for name in try Assets.names(in: folder) {
      guard let media = Assets.mediaType(of: name) else { continue }
      var bytes = try Assets.content(of: folder + "/" + name)
      if name == Assets.styleSheet { bytes += Array(accent.styleRules.utf8) }
      let dot = name.lastIndex(of: ".") ?? name.endIndex
      let hashed = "\(name[..<dot]).\(ContentHash.name(bytes))\(name[dot...])"
      names[name] = hashed
      let packed = media.isText ? gzip(bytes, level: 9) : []
      var response = Response(
        .ok,
        fields: [
          "Content-Type": media.type,
          "Cross-Origin-Resource-Policy": "same-origin",
        ],
        content: media.isText
          ? .coded(identity: bytes, gzip: { packed }) : .bytes(bytes),
        entityTag: ContentHash.tag(bytes), isReusable: true)
      response.depend(on: [])
      files[hashed] = response
    }
    guard names[Assets.styleSheet] != nil else {
      throw .unreadable(path: folder + "/" + Assets.styleSheet, reason: "there is no such file")
    }
    self.files = files
    self.names = names
  }

  static let styleSheet = "offprint.css"
  package static let english = "en"

  /// The response for a hashed name; nil when there is no such file.
  func response(for hashedName: String) -> Response? { files[hashedName] }

  /// The resource of a file of the Public folder; nil when there is no such file.
  func resource(_ name: String) -> Resource? { names[name].map(Resource.asset) }

  /// The scripts of pages for staff: the files whose names begin with `desk`.
  var deskScripts: [Resource] {
    names.keys.filter { $0.hasPrefix("desk") && $0.hasSuffix(".js") }.sorted()
      .compactMap(resource)
  }

  /// The language with a tag; nil when the site has no such language.
  func language(_ tag: String) -> Language? { languages.first { $0.tag == tag } }

  private static func languages(in folder: String, first: String) throws(Failure) -> [Language] {
    let english = Language(
      tag: Assets.english, entries: try entries(in: folder, Assets.english), fallback: nil)
    var languages = [english]
    for name in try names(in: folder).sorted() where name.hasSuffix(".txt") {
      let tag = String(name.dropLast(4))
      guard Pages.isLanguageTag(tag), tag != Assets.english else { continue }
      languages.append(
        Language(tag: tag, entries: try entries(in: folder, tag), fallback: english))
    }
    guard let index = languages.firstIndex(where: { $0.tag == first }) else {
      throw .unreadable(path: "\(folder)/\(first).txt", reason: "there is no such file")
    }
    languages.swapAt(0, index)
    return languages
  }

  private static func entries(
    in folder: String, _ tag: String
  ) throws(Failure) -> [String: String] {
    let path = "\(folder)/\(tag).txt"
    let text = String(decoding: try content(of: path), as: UTF8.self)
    do throws(LanguageFile.MalformedLine) {
      return try LanguageFile.entries(of: text)
    } catch {
      throw .malformed(path: path, line: error.line)
    }
  }

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
