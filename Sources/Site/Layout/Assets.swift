import Archive
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

  private var files: [String: Response] = [:]
  private var names: [String: String] = [:]
  /// The content of the style sheet as it is installed.
  private let style: [UInt8]
  /// The languages offered to readers, the default first.
  package private(set) var languages: [Language]
  /// The types of publications as the site has them; empty for the built-in ones.
  private(set) var types: [TypeEntry] = []
  /// The languages that are installed.
  let installedLanguages: [Language]
  /// The handbooks for staff by the tag of their language.
  private let handbooks: [String: Handbook]
  /// The accent colour of the site.
  package private(set) var accent = Accent.initial

  private let folder: String

  /// Reads the files of a folder, and the languages in its folder `languages`.
  ///
  /// - Parameter folder: The path of the Public folder.
  /// - Throws: ``Failure``, also when the style sheet or the English words are missing.
  package init(folder: String) throws(Failure) {
    self.folder = folder
    installedLanguages = try Assets.languages(in: folder + "/languages")
    languages = installedLanguages
    handbooks = try Assets.handbooks(in: folder + "/handbook", installedLanguages.map(\.tag))
    var style: [UInt8]?
    var files: [(name: String, bytes: [UInt8])] = []
    for name in try Assets.names(in: folder) where Assets.mediaType(of: name) != nil {
      let bytes = try Assets.content(of: folder + "/" + name)
      if name == Assets.styleSheet { style = bytes }
      files.append((name, bytes))
    }
    guard let style else {
      throw .unreadable(path: folder + "/" + Assets.styleSheet, reason: "there is no such file")
    }
    self.style = style
    for file in files { add(file.bytes, as: file.name) }
  }

  /// Throws when a language is not installed.
  package func require(language tag: String) throws(Failure) {
    guard installedLanguages.contains(where: { $0.tag == tag }) else {
      throw .unreadable(path: "\(folder)/languages/\(tag).txt", reason: "there is no such file")
    }
  }

  /// The same files with the accent colour and the languages of the settings, and with the logo
  /// that staff have uploaded.
  func adapted(
    to settings: SiteSettings, logo: SettingValues.Logo?, naming types: [TypeEntry]
  ) -> Assets {
    var assets = self
    assets.accent = Accent(settings.accent)
    assets.add(style + Array(assets.accent.styleRules.utf8), as: Assets.styleSheet)
    if let logo { assets.add(logo.bytes, as: logo.fileName) }
    let first = installedLanguages.first { $0.tag == settings.language }
    assets.languages =
      [first ?? installedLanguages[0]]
      + installedLanguages.filter {
        $0.tag != (first ?? installedLanguages[0]).tag
          && (settings.languages.isEmpty || settings.languages.contains($0.tag))
      }
    assets.languages = assets.languages.map { $0.naming(types) }
    assets.types = types
    return assets
  }

  /// Adds a file, or replaces the one with its name.
  private mutating func add(_ bytes: [UInt8], as name: String) {
    guard let media = Assets.mediaType(of: name) else { return }
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let hashed = "\(name[..<dot]).\(ContentHash.name(bytes))\(name[dot...])"
    if let old = names.updateValue(hashed, forKey: name) { files[old] = nil }
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

  /// The handbook for staff in a language, or in English.
  package func handbook(_ tag: String) -> Handbook {
    handbooks[tag] ?? handbooks[Assets.english] ?? Handbook(files: [])
  }

  /// The language with a tag; nil when the site does not offer it.
  func language(_ tag: String) -> Language? { languages.first { $0.tag == tag } }

  private static func languages(in folder: String) throws(Failure) -> [Language] {
    let english = Language(
      tag: Assets.english, entries: try entries(in: folder, Assets.english), fallback: nil)
    var languages = [english]
    for name in try names(in: folder).sorted() where name.hasSuffix(".txt") {
      let tag = String(name.dropLast(4))
      guard Pages.isLanguageTag(tag), tag != Assets.english else { continue }
      languages.append(
        Language(tag: tag, entries: try entries(in: folder, tag), fallback: english))
    }
    return languages
  }

  /// The handbooks of those languages that have one.
  private static func handbooks(
    in folder: String, _ tags: [String]
  ) throws(Failure) -> [String: Handbook] {
    guard FileManager.default.fileExists(atPath: folder) else { return [:] }
    let translated = Set(try names(in: folder))
    var handbooks: [String: Handbook] = [:]
    for tag in Set(tags + [Assets.english]).intersection(translated) {
      var files: [(name: String, text: String)] = []
      for name in try names(in: "\(folder)/\(tag)") where name.hasSuffix(".txt") {
        let text = String(decoding: try content(of: "\(folder)/\(tag)/\(name)"), as: UTF8.self)
        files.append((String(name.dropLast(4)), text))
      }
      handbooks[tag] = Handbook(files: files)
    }
    return handbooks
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
