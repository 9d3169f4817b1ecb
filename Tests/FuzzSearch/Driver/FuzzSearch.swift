import Foundation
import SearchSubjects

/// Gives octets that libFuzzer makes up to the search of a small archive.
@main
enum FuzzSearch {
  static func main() {
    // Before the driver takes over the process.
    _ = subject
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    _ = unsafe runDriver(&count, &arguments) { start, count in
      let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
      do {
        try subject.check(input)
      } catch {
        fatalError("\(error)")
      }
      return 0
    }
  }
}

private let subject: SearchSubject = {
  let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-search-\(getpid())")
  do {
    return try SearchSubject(folder: folder.path)
  } catch {
    fatalError("\(error)")
  }
}()

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ run: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt
