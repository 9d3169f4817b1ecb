import DrawingSubjects

/// Gives bytes that libFuzzer makes up to what draws pages.
@main
enum FuzzDrawing {
  static func main() {
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    _ = unsafe runDriver(&count, &arguments) { start, count in
      DrawingSubject.read(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
      return 0
    }
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ run: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt
