import Foundation
import Glibc
import Testing

/// Counts do not depend on how busy a machine is, as times do; these are of the loop's own thread.
extension EndToEnd {
  @Suite("A cached page costs two system calls and no allocation")
  struct CountTests {
    /// The loop wakes the log's queue once in so many milliseconds at most.
    private static let logPause = 10

    @Test(
      "One call receives a request and one sends the page",
      .enabled(if: CountTests.canTrace, "strace is not there, or may not trace"))
    func systemCalls() throws {
      let folder = try Folder()
      let trace = folder.path + "/trace"
      let server = try ServerProcess(
        folder, ["--loops", "1"], wrapper: ["strace", "-f", "-s", "16", "-o", trace])
      let wire = try server.wire()
      for _ in 0..<20 { try Self.exchange(wire, "GET") }
      let count = 400
      let start = ContinuousClock.now
      // HEAD is answered from the cache too, and shows where to count.
      try Self.exchange(wire, "HEAD")
      for _ in 0..<count { try Self.exchange(wire, "GET") }
      try Self.exchange(wire, "HEAD")
      let pauses = Int((ContinuousClock.now - start) / .milliseconds(Self.logPause))
      // strace passes no signal on; the server says itself which process it is.
      let number = String(decoding: try folder.octets(of: "lock"), as: UTF8.self)
      kill(try #require(pid_t(number.trimmingCharacters(in: .whitespacesAndNewlines))), SIGTERM)
      #expect(try server.program.exitStatus() == 0)

      let lines = String(decoding: try folder.octets(of: "trace"), as: UTF8.self)
        .split(separator: "\n")
      let marks = lines.indices.filter {
        lines[$0].contains("recvfrom") && lines[$0].contains("\"HEAD / ")
      }
      try #require(marks.count == 2)
      let thread = lines[marks[0]].prefix { $0 != " " } + " "
      // A call that was interrupted begins on an earlier line than the one that shows its octets.
      let end = try #require(
        lines[...marks[1]].lastIndex { $0.hasPrefix(thread) && $0.contains("recvfrom(") })
      var calls: [Substring: Int] = [:]
      for line in lines[marks[0] + 1..<end] where line.hasPrefix(thread) {
        // What goes on after an interruption stands without a bracket, and is counted already.
        guard let call = line.firstMatch(of: /^[0-9]+ +([a-z0-9_]+)\(/) else { continue }
        calls[call.1, default: 0] += 1
      }
      #expect(calls.removeValue(forKey: "recvfrom") == count)
      let sends = ["sendto", "sendmsg"].map { calls.removeValue(forKey: $0[...]) ?? 0 }
      #expect(sends.reduce(0, +) == count + 1)
      #expect(calls.removeValue(forKey: "epoll_wait") ?? 0 <= count + 2)
      #expect(calls.values.reduce(0, +) <= 2 * (pauses + 2), "\(calls)")
    }

    @Test(
      "No request takes memory",
      .enabled(
        if: CountTests.released != nil,
        "only the program as it is built for release, which OFFPRINT_RELEASE names, is without"),
      .enabled(if: CountTests.compiler != nil, "there is no C compiler"))
    func allocations() throws {
      let folder = try Folder()
      let source = try folder.write(Self.counter, to: "counter.c")
      let library = folder.path + "/counter.so"
      let compiler = try #require(Self.compiler)
      try #require(
        Self.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source]) == 0)
      let counts = folder.path + "/count"
      let server = try ServerProcess(
        folder, ["--loops", "1"], environment: ["LD_PRELOAD": library, "COUNT_FILE": counts],
        path: try #require(Self.released))
      let wire = try server.wire()
      let tag = try #require(try server.fetch("/")["etag"])
      for fields in ["", "Accept-Encoding: gzip\r\n", "If-None-Match: \(tag)\r\n"] {
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
        // Buffers grow to what they need.
        for _ in 0..<100 { try Self.batch(wire, request) }
        let before = try Self.count(counts)
        let start = ContinuousClock.now
        for _ in 0..<1000 { try Self.batch(wire, request) }
        let pauses = Int((ContinuousClock.now - start) / .milliseconds(Self.logPause))
        let taken = try Self.count(counts) - before
        // The log and work in the background take some, however many requests there were: far less
        // than one for each.
        #expect(
          taken <= 12 * (pauses + 2) + 500,
          "\(fields)\(taken) for 10000 requests, \(pauses) wakings")
      }
    }

    private static func exchange(_ wire: Wire, _ method: String) throws {
      try wire.send("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")
      let answer = try wire.answer(to: method)
      try #require(answer.status == 200)
    }

    private static func batch(_ wire: Wire, _ request: String) throws {
      try wire.send(String(repeating: request, count: 10))
      for _ in 0..<10 {
        let status = try wire.answer().status
        try #require(status == 200 || status == 304)
      }
    }

    private static func count(_ path: String) throws -> Int {
      let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      return octets.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    // MARK: What there is to count with

    private static let released = ProcessInfo.processInfo.environment["OFFPRINT_RELEASE"]

    private static let compiler = ["clang", "cc"].first { run([$0, "--version"]) == 0 }

    private static let canTrace = run(["strace", "-f", "-o", "/dev/null", "true"]) == 0

    private static func run(_ command: [String]) -> Int32? {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = command
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return nil }
      process.waitUntilExit()
      return process.terminationStatus
    }

    /// Counts what is allocated by the thread that waits for events, into a file it shares.
    private static let counter = """
      #include <fcntl.h>
      #include <stdlib.h>
      #include <sys/mman.h>
      #include <sys/syscall.h>
      #include <unistd.h>

      extern void *__libc_malloc(size_t);
      extern void *__libc_calloc(size_t, size_t);
      extern void *__libc_realloc(void *, size_t);
      extern void *__libc_memalign(size_t, size_t);

      static long *count;
      static __thread int is_loop;

      __attribute__((constructor)) static void begin(void) {
        int file = open(getenv("COUNT_FILE"), O_RDWR | O_CREAT, 0600);
        if (file < 0 || ftruncate(file, sizeof *count)) abort();
        count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        close(file);
      }

      static void add(void) { if (is_loop) ++*count; }

      int epoll_wait(int epoll, void *events, int most, int milliseconds) {
        is_loop = most > 64;
        return (int)syscall(SYS_epoll_pwait, epoll, events, most, milliseconds, NULL, 8);
      }
      void *malloc(size_t octets) { add(); return __libc_malloc(octets); }
      void *calloc(size_t items, size_t octets) { add(); return __libc_calloc(items, octets); }
      void *realloc(void *old, size_t octets) { add(); return __libc_realloc(old, octets); }
      void *aligned_alloc(size_t step, size_t octets) { add(); return __libc_memalign(step, octets); }
      int posix_memalign(void **found, size_t step, size_t octets) {
        add();
        return (*found = __libc_memalign(step, octets)) ? 0 : 12;
      }

      """
  }
}
