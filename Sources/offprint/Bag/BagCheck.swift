import Archive
import Foundation
import System

/// Checks a bag: every file is there, has its SHA-256, and nothing else is there.
struct BagCheck {
  /// What is wrong, one line each, in a fixed order; empty for a valid bag.
  private(set) var problems: [String] = []
  /// False if it was cancelled.
  private(set) var isComplete = false
  private let folder: String

  /// Checks a bag.
  ///
  /// - Parameters:
  ///   - folder: The folder with `bagit.txt`.
  ///   - isCancelled: Asked before each file; true ends the check.
  ///   - progress: Called after each file with the number done and of all.
  init(
    _ folder: String, isCancelled: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    self.folder = folder
    checkDeclaration()
    let entries = entries(of: Bag.manifest)
    let tags =
      FileSystem.status("\(folder)/\(Bag.tagManifest)") == nil
      ? [] : self.entries(of: Bag.tagManifest)
    checkPlaces(entries, tags)
    checkExtraFiles(entries)
    var done = 0
    for entry in tags + entries {
      guard !isCancelled() else { return }
      check(entry)
      done += 1
      progress(done, tags.count + entries.count)
    }
    checkSize()
    isComplete = true
  }

  private mutating func checkDeclaration() {
    do throws(Input.Failure) {
      let lines = try Bag.lines(of: "\(folder)/\(Bag.declaration)").map(\.text)
      let version = lines.first { $0.hasPrefix("BagIt-Version:") }
      let number = version?.dropFirst(14).filter { $0 != " " }
      if number != "1.0" && number != "0.97" {
        problems.append("\(Bag.declaration): expected “BagIt-Version: 1.0”")
      }
      if !lines.contains(where: {
        $0.hasPrefix("Tag-File-Character-Encoding:") && $0.uppercased().hasSuffix("UTF-8")
      }) {
        problems.append("\(Bag.declaration): expected “Tag-File-Character-Encoding: UTF-8”")
      }
    } catch {
      problems.append("\(error)")
    }
  }

  /// The entries of a manifest whose paths stay inside the bag.
  private mutating func entries(of manifest: String) -> [ManifestEntry] {
    var entries: [ManifestEntry] = []
    var paths: Set<String> = []
    do throws(Input.Failure) {
      for (number, line) in try Bag.lines(of: "\(folder)/\(manifest)") {
        guard let entry = ManifestEntry(line: line) else {
          problems.append("\(manifest):\(number): expected a SHA-256 and a path")
          continue
        }
        guard entry.isInside else {
          problems.append("\(manifest):\(number): “\(entry.path)” leads out of the bag")
          continue
        }
        guard paths.insert(entry.path).inserted else {
          problems.append("\(manifest):\(number): “\(entry.path)” is listed twice")
          continue
        }
        entries.append(entry)
      }
    } catch {
      problems.append("\(error)")
    }
    return entries
  }

  private mutating func checkPlaces(_ entries: [ManifestEntry], _ tags: [ManifestEntry]) {
    for entry in entries where !entry.path.hasPrefix(Bag.payload + "/") {
      problems.append("\(Bag.manifest): “\(entry.path)” is not below \(Bag.payload)/")
    }
    for entry in tags where entry.path.hasPrefix(Bag.payload + "/") {
      problems.append("\(Bag.tagManifest): “\(entry.path)” is below \(Bag.payload)/")
    }
  }

  /// Finds files of the payload that no manifest lists, and links, which could lead anywhere.
  private mutating func checkExtraFiles(_ entries: [ManifestEntry]) {
    let listed = Set(entries.map(\.path))
    for path in BagFolder(folder).payload.sorted() {
      if FileSystem.isLink("\(folder)/\(path)") {
        problems.append("\(path): is a symbolic link")
      } else if !listed.contains(path) {
        problems.append("\(path): is not in \(Bag.manifest)")
      }
    }
  }

  private mutating func check(_ entry: ManifestEntry) {
    let path = "\(folder)/\(entry.path)"
    guard !FileSystem.isLink(path) else { return }
    guard FileSystem.bytes(of: path) != nil else {
      return problems.append("\(entry.path): is missing")
    }
    do throws(FileError) {
      if try FileSystem.sha256(of: path) != entry.sha256 {
        problems.append("\(entry.path): has another SHA-256 than the manifest says")
      }
    } catch {
      problems.append("\(entry.path): cannot be read (\(error.reason))")
    }
  }

  /// Compares `Payload-Oxum`, the number of bytes and files, if there is one.
  private mutating func checkSize() {
    guard let information = try? Bag.information(of: folder),
      let stated = information.first(where: { $0.name == "Payload-Oxum" })?.text
    else { return }
    let found = BagFolder(folder).size
    if stated != found {
      problems.append(
        "\(Bag.information): Payload-Oxum is \(stated), but the files make \(found)")
    }
  }
}

/// The files of a bag's payload as they are on the disk.
struct BagFolder {
  private let folder: String

  init(_ folder: String) { self.folder = folder }

  /// Paths in the bag, in no order; links are not followed.
  var payload: [String] { Self.files(below: Bag.payload, in: folder) }

  /// The number of bytes and of files, as `Payload-Oxum` has them.
  var size: String {
    let files = payload
    let bytes = files.reduce(0) { $0 + (FileSystem.bytes(of: "\(folder)/\($1)") ?? 0) }
    return "\(bytes).\(files.count)"
  }

  private static func files(below path: String, in folder: String) -> [String] {
    guard let names = try? FileSystem.names(in: "\(folder)/\(path)") else { return [] }
    return names.flatMap { name -> [String] in
      let path = "\(path)/\(name)"
      let full = "\(folder)/\(path)"
      return FileSystem.isFolder(full) && !FileSystem.isLink(full)
        ? files(below: path, in: folder) : [path]
    }
  }
}
