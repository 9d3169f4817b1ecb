internal import Compression
internal import Foundation
internal import System

/// The folder of one uploaded catalogue: the catalogue in UTF-8, and its PDFs under the names by
/// which records find them.
struct UploadFolder {
  let path: String

  init(_ folder: Folder, _ id: CatalogueUpload.ID) { path = "\(folder.imports)/\(id)" }

  var catalogue: String { path + "/catalogue" }
  var files: String { path + "/files" }

  func make() throws {
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    try FileSystem.makeFolder(path)
    try FileSystem.makeFolder(files)
  }

  /// Removes the folder; what cannot be removed stays and is of no consequence.
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func names() throws -> [String] { try FileSystem.names(in: files) }

  /// Moves a PDF, or the PDFs of a ZIP file, into the folder.
  func take(_ file: IncomingFile) throws {
    let name = file.name ?? ""
    guard name.lowercased().hasSuffix(".zip") else {
      guard let key = UploadFolder.name(ofFile: name) else { return }
      return try FileSystem.rename(file.path, to: "\(files)/\(key)")
    }
    do throws(ZIPError) {
      let archive = try ZIPArchive(path: file.path)
      for entry in archive.entries { try unpack(entry, of: archive) }
    } catch {
      throw CatalogueUploadError.badZIP(name, reason: error.description)
    }
  }

  private func unpack(_ entry: ZIPArchive.Entry, of archive: ZIPArchive) throws(ZIPError) {
    guard entry.name.lowercased().hasSuffix(".pdf"),
      let key = UploadFolder.name(ofFile: entry.name)
    else { return }
    let target = "\(files)/\(key)"
    do {
      _ = FileManager.default.createFile(
        atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: target))
      defer { try? handle.close() }
      try archive.unpack(entry) { try handle.write(contentsOf: Data($0)) }
    } catch let error as ZIPError {
      throw error
    } catch {
      throw .unreadable("\(error)")
    }
  }

  /// The name under which a file is found: the last part of its path, in lower case and NFC; nil
  /// for one without a name.
  static func name(ofFile path: String) -> String? {
    let last = path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    let name = last.cleanedLine.lowercased()
    return name.isEmpty || name.hasPrefix(".") || name.utf8.count > 240 ? nil : name
  }
}

/// The text of an uploaded catalogue in UTF-8.
struct UploadedText {
  let bytes: [UInt8]
  /// What it was converted from; nil for UTF-8 and for compressed files.
  let converted: String?

  /// - Throws: ``CatalogueUploadError``
  init(path: String) throws(CatalogueUploadError) {
    guard let length = FileSystem.bytes(of: path), length <= CatalogueUploads.longest else {
      throw .tooLarge(most: CatalogueUploads.longest)
    }
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
      throw .failed("\(error)")
    }
    guard !data.isEmpty else { throw .empty }
    let bytes = Array(data)
    let isGzip = bytes.starts(with: [0x1F, 0x8B])
    if isGzip || String(validating: bytes, as: UTF8.self) != nil {
      (self.bytes, converted) = (bytes, nil)
      return
    }
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    // Windows-1252 has a few bytes without a character; Latin-1 has one for each.
    let text =
      String(data: data, encoding: isUTF16 ? .utf16 : .windowsCP1252)
      ?? String(data: data, encoding: .isoLatin1)
    guard let text else { throw .failed("the encoding is not known; save the file in UTF-8") }
    (self.bytes, converted) = (Array(text.utf8), isUTF16 ? "UTF-16" : "Windows-1252")
  }
}
