import CLinux
import Glibc
import HTTP
import Synchronization

/// Prepared answers in a file without a name, for those that memory has no room for.
///
/// A loop reads one where it is asked for, which takes some microseconds, and only when the system
/// has the octets in memory: it never waits for a disk. The file is written round and round, and what
/// is written over is no longer found. It ends with the process.
@safe
final class AnswerFile: Sendable {
  private struct Entry {
    /// Where the answer begins, counted over all rounds.
    let position: UInt64
    let descriptionOctets: Int
    let identityOctets: Int
    let gzipOctets: Int
    let language: Int?
    let generation: UInt64
    let dependencies: [Response.Dependency]
    /// Whether it has been found since it was last kept in memory.
    var wasFound = false

    var octets: Int { descriptionOctets + identityOctets + gzipOctets }

    /// Whether nothing that it was made of has changed since.
    func isCurrent(_ service: any Service, at now: Int64) -> Bool {
      service.isCurrent(generation, dependencies, at: now)
    }
  }

  /// The octets of answers that are kept.
  let capacity: Int
  private let descriptor: Int32
  /// By the hash of the target and the language, as in `PreparedAnswers`.
  private let entries = Mutex<[Int: Entry]>([:])
  /// Where the next answer is written; held while one is.
  private let end = Mutex<UInt64>(0)
  /// What begins before it has been written over, or will be at once.
  private let oldest = Atomic<UInt64>(0)

  /// Makes the file.
  ///
  /// - Parameters:
  ///   - folder: Where there is room for it.
  ///   - capacity: How many octets it may take.
  /// - Throws: ``ServerError`` when it cannot be made.
  init(in folder: String, capacity: Int) throws(ServerError) {
    let path = "\(folder)/answers-\(randomNumber())"
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(call: "open", errno: errno, nil) }
    unsafe unlink(path)
    self.descriptor = descriptor
    self.capacity = capacity
  }

  deinit { close(descriptor) }

  /// How many answers there are, and how many octets they take.
  var extent: (answers: Int, octets: Int) {
    entries.withLock { entries in
      let oldest = self.oldest.load(ordering: .relaxed)
      var extent = (answers: 0, octets: 0)
      for entry in entries.values where entry.position >= oldest {
        extent.answers += 1
        extent.octets += entry.octets
      }
      return extent
    }
  }

  /// The answer for a target, without waiting for it.
  ///
  /// - Parameters:
  ///   - octets: A head or a target.
  ///   - target: Where path and query stand in it.
  ///   - language: The place of the one that is asked for.
  ///   - service: Which knows what has changed.
  ///   - now: Seconds since 1970.
  /// - Returns: The answer, and whether it was found before, so that it should be kept in memory;
  ///   nil without a current one.
  func find(
    _ octets: Span<UInt8>, _ target: Range<Int>, language: Int, _ service: any Service,
    at now: Int64
  ) -> (prepared: Prepared, isFrequent: Bool)? {
    for place in language == 0 ? 0...0 : 0...1 {
      let hash = PreparedAnswers.hash(octets, target, place == 0 ? 0 : language)
      guard let entry = entry(hash, language, service, at: now), let parts = read(entry),
        let prepared = PreparedRecord.prepared(parts, dependencies: entry.dependencies),
        octets.equals(target, prepared.target)
      else { continue }
      return (prepared, entry.wasFound)
    }
    return nil
  }

  /// The octets of the current answer for a target; nil without one.
  func octets(
    of target: [UInt8], language: Int, _ service: any Service, at now: Int64
  ) -> Int? {
    let hash = PreparedAnswers.hash(target.span, 0..<target.count, language)
    return entries.withLock { entries in
      guard let entry = entries[hash], isKept(entry), entry.isCurrent(service, at: now)
      else { return nil }
      return entry.octets
    }
  }

  /// Keeps an answer in place of the one for the same target.
  ///
  /// - Returns: The octets that it takes; nil when it is not one for the file, or there is no room.
  func keep(_ prepared: Prepared) -> Int? {
    guard let parts = PreparedRecord.parts(of: prepared), parts.octets <= capacity / 4,
      let position = write(parts)
    else { return nil }
    let (target, language) = (prepared.target, prepared.language)
    let hash = PreparedAnswers.hash(target.span, 0..<target.count, language ?? 0)
    let entry = Entry(
      position: position, descriptionOctets: parts.description.count,
      identityOctets: parts.identity.count, gzipOctets: parts.gzip.count, language: language,
      generation: prepared.generation, dependencies: prepared.dependencies)
    entries.withLock { $0[hash] = entry }
    return parts.octets
  }

  // MARK: Finding

  private func entry(
    _ hash: Int, _ language: Int, _ service: any Service, at now: Int64
  ) -> Entry? {
    entries.withLock { entries -> Entry? in
      guard let entry = entries[hash], entry.language == nil || entry.language == language
      else { return nil }
      guard isKept(entry), entry.isCurrent(service, at: now) else {
        entries[hash] = nil
        return nil
      }
      // The second time it gets a place in memory, and needs two again to get the next.
      entries[hash]?.wasFound.toggle()
      return entry
    }
  }

  private func isKept(_ entry: Entry) -> Bool {
    entry.position >= oldest.load(ordering: .acquiring)
  }

  /// nil when reading would have to wait, or another answer was written there meanwhile.
  private func read(_ entry: Entry) -> PreparedRecord.Parts? {
    let offset = offset(of: entry.position)
    var description = [UInt8](repeating: 0, count: entry.descriptionOctets)
    var identity = [UInt8](repeating: 0, count: entry.identityOctets)
    var gzip = [UInt8](repeating: 0, count: entry.gzipOctets)
    // Unsafe: the system writes into each buffer as far as it goes.
    let count = unsafe description.withUnsafeMutableBytes { description in
      unsafe identity.withUnsafeMutableBytes { identity in
        unsafe gzip.withUnsafeMutableBytes { gzip in
          var parts = unsafe (
            iovec(iov_base: description.baseAddress, iov_len: description.count),
            iovec(iov_base: identity.baseAddress, iov_len: identity.count),
            iovec(iov_base: gzip.baseAddress, iov_len: gzip.count)
          )
          return unsafe withUnsafeMutablePointer(to: &parts) { parts in
            unsafe parts.withMemoryRebound(to: iovec.self, capacity: 3) {
              unsafe read_without_waiting(descriptor, $0, 3, offset)
            }
          }
        }
      }
    }
    guard count == entry.octets else {
      // By the next time it is in memory.
      posix_fadvise(descriptor, offset, off_t(entry.octets), POSIX_FADV_WILLNEED)
      return nil
    }
    guard isKept(entry) else { return nil }
    return PreparedRecord.Parts(description: description, identity: identity, gzip: gzip)
  }

  private func offset(of position: UInt64) -> off_t { off_t(position % UInt64(capacity)) }

  // MARK: Writing

  /// - Returns: Where it stands; nil when it could not be written.
  private func write(_ parts: PreparedRecord.Parts) -> UInt64? {
    end.withLock { end in
      let inRound = end % UInt64(capacity)
      // An answer is not cut in two.
      let position =
        inRound + UInt64(parts.octets) > UInt64(capacity) ? end - inRound + UInt64(capacity) : end
      end = position + UInt64(parts.octets)
      // Before anything is written over, so that who has just read it knows.
      if end > UInt64(capacity) {
        oldest.store(end - UInt64(capacity), ordering: .sequentiallyConsistent)
      }
      var offset = offset(of: position)
      for octets in [parts.description, parts.identity, parts.gzip] {
        // Unsafe: the system reads the buffer as far as it goes.
        let count = unsafe octets.withUnsafeBytes {
          unsafe pwrite(descriptor, $0.baseAddress, $0.count, offset)
        }
        guard count == octets.count else { return nil }
        offset += off_t(count)
      }
      return position
    }
  }
}
