import FuzzSubjects

/// Gives bytes that libFuzzer makes up to one of the subjects.
///
///     FuzzHTTP --subject=chunked -max_total_time=3600 FOLDER Tests/FuzzHTTP/Corpus/chunked
///
/// Inputs that reach something new are kept in the first folder. What breaks a subject becomes a
/// case in `Corpus`, which the ordinary tests give to it from then on.
@main
enum FuzzHTTP {
  static func main() {
    // Before the driver takes over the process.
    _ = chosen
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    _ = unsafe runDriver(&count, &arguments) { start, count in
      let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
      do {
        try chosen.check(input)
      } catch {
        fatalError("\(error)")
      }
      return 0
    }
  }
}

private let chosen: FuzzSubject = {
  let flag = "--subject="
  let name = CommandLine.arguments.first { $0.hasPrefix(flag) }?.dropFirst(flag.count)
  guard let subject = name.flatMap({ FuzzSubject(rawValue: String($0)) }) else {
    let names = FuzzSubject.allCases.map(\.rawValue).joined(separator: "|")
    fatalError("usage: FuzzHTTP \(flag)\(names) [OPTIONS OF LIBFUZZER] [FOLDER ...]")
  }
  return subject
}()

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ run: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt
