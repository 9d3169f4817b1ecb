import Foundation

/// Where the style sheet, the script and the icons are.
enum PublicFolder {
  struct Missing: Error, CustomStringConvertible {
    let program: String

    var description: String {
      """
      no folder Public with \(styleSheet) beside or above \(program), nor \(installed); \
      say where it is with --public-folder
      """
    }
  }

  private static let installed = "/usr/share/offprint/Public"
  private static let styleSheet = "offprint.css"
  /// From `.build/x86_64-unknown-linux-gnu/release` up to the package is three folders.
  private static let height = 4

  /// The folder that the settings name, else one called Public beside or above the program, else
  /// the one that a package installs.
  static func path(_ settings: Settings) throws(Missing) -> String {
    if !settings.publicFolder.isEmpty { return settings.publicFolder }
    let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return try path(above: program ?? CommandLine.arguments[0])
  }

  static func path(above program: String) throws(Missing) -> String {
    var folder = URL(filePath: program).deletingLastPathComponent()
    for _ in 0..<height {
      let candidate = folder.appending(path: "Public").path
      if isOurs(candidate) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    guard isOurs(installed) else { throw Missing(program: program) }
    return installed
  }

  /// A home may have a folder Public of its own.
  private static func isOurs(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + styleSheet)
  }
}
