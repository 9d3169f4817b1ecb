import Foundation

/// Where the style sheet, the script and the icons are.
enum PublicFolder {
  private static let installed = "/usr/share/offprint/Public"
  /// From `.build/x86_64-unknown-linux-gnu/release/offprint` up to the package is three folders.
  private static let height = 4

  /// The folder that the settings name, else one called Public beside or above the program, else
  /// the one that a package installs.
  static func path(_ settings: Settings) -> String {
    if !settings.publicFolder.isEmpty { return settings.publicFolder }
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    return path(above: program ?? CommandLine.arguments[0])
  }

  static func path(above program: String) -> String {
    var folder = URL(filePath: program).deletingLastPathComponent()
    for _ in 0..<height {
      let candidate = folder.appending(path: "Public").path
      // A home may have a folder Public of its own.
      if FileManager.default.fileExists(atPath: candidate + "/offprint.css") { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return installed
  }
}
