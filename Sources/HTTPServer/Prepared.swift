import HTTP
import Synchronization

/// A reusable answer in all the forms that are asked for often, made once.
///
/// All forms are made by `Response.selected(for:at:)`, so they are what that would say of each
/// request.
final class Prepared: Sendable {
  /// One coding of the answer.
  struct Form: Sendable {
    let whole: Answer
    /// The 304; nil without validators.
    let notModified: Answer?
    /// As it stands in `If-None-Match`; empty without one.
    let entityTag: [UInt8]
  }

  /// Path and query as they were sent.
  let target: [UInt8]
  let path: String
  /// The language it is in; nil when it is the answer in all of them.
  let language: Int?
  let budget: Budget?
  let generation: UInt64
  let response: Response
  let identity: Form
  /// Nil when the answer has only one coding.
  let gzip: Form?
  /// As it stands in `If-Modified-Since`; empty without one.
  let lastModified: [UInt8]
  /// The octets it occupies, about.
  let weight: Int
  /// Whether it has been used since the last search for one that is not.
  let isUsed = Atomic<Bool>(true)

  /// Prepares an answer; nil when it is too large for a place among others.
  ///
  /// - Parameters:
  ///   - response: A reusable answer, before anything was selected from it.
  ///   - request: What it answers.
  ///   - budget: Which budget it draws on.
  ///   - generation: The service's, read before it was asked.
  ///   - now: Seconds since 1970.
  init?(
    _ response: Response, to request: Request, budget: Budget?, generation: UInt64, now: Int64
  ) {
    target = Array((request.path + (request.query.map { "?\($0)" } ?? "")).utf8)
    path = request.path
    language = response.variesByLanguage ? request.language : nil
    self.budget = budget
    self.generation = generation
    self.response = response
    identity = Self.form(of: response, accepting: "identity", path: path, now: now)
    if case .coded = response.content {
      gzip = Self.form(of: response, accepting: "gzip", path: path, now: now)
    } else {
      gzip = nil
    }
    lastModified = response.lastModified.map { Array(HTTPDate(seconds: $0).description.utf8) } ?? []
    var weight = 1024 + 2 * target.count
    for form in [identity, gzip].compactMap({ $0 }) {
      weight += form.whole.head.count + (form.notModified?.head.count ?? 0)
      // A file takes no memory but a descriptor, of which there are fewer.
      if case .pieces = form.whole.content { weight += 64 * 1024 }
      if case .octets(let octets) = form.whole.content { weight += octets.count }
    }
    self.weight = weight
    guard target.count <= 2048, weight <= 4 * 1024 * 1024 else { return nil }
  }

  private static func form(
    of response: Response, accepting coding: String, path: String, now: Int64
  ) -> Form {
    var request = Request(method: .get, path: path, fields: ["accept-encoding": coding])
    let selected = response.selected(for: request, at: now)
    let tag = selected.entityTag.map { EntityTag($0).description }
    if let tag { request.fields.set("if-none-match", to: tag) }
    if tag == nil, let seconds = response.lastModified {
      request.fields.set("if-modified-since", to: HTTPDate(seconds: seconds).description)
    }
    let conditional = response.selected(for: request, at: now)
    return Form(
      whole: Answer(selected),
      notModified: conditional.status == .notModified ? Answer(conditional) : nil,
      entityTag: tag.map { Array($0.utf8) } ?? [])
  }
}

/// The prepared answers of one loop.
///
/// They are found by the octets of the target, without a string being made. What was not used for
/// the longest time goes first, about: a place that has been used gets a second round.
struct PreparedAnswers {
  private let limit: Int
  private(set) var octets = 0
  private var generation: UInt64 = 0
  /// By the hash of the target, and of the language where it has several answers; two with one hash
  /// take turns.
  private var answers: [Int: Prepared] = [:]
  /// The hashes in the order of their last round, from `first` on.
  private var order: [Int] = []
  private var first = 0

  init(limit: Int) { self.limit = limit }

  /// The answer for a target; nil without one of this generation.
  mutating func find(
    _ octets: Span<UInt8>, _ target: Range<Int>, language: Int, generation: UInt64,
    counting counters: Counters
  ) -> Prepared? {
    guard generation == self.generation else {
      removeAll(counting: counters)
      self.generation = generation
      return nil
    }
    // Most answers are the same in all languages, and stand where those in the first do.
    guard
      let answer = find(octets, target, language, at: 0)
        ?? (language == 0 ? nil : find(octets, target, language, at: language))
    else { return nil }
    if !answer.isUsed.load(ordering: .relaxed) { answer.isUsed.store(true, ordering: .relaxed) }
    return answer
  }

  private func find(
    _ octets: Span<UInt8>, _ target: Range<Int>, _ language: Int, at place: Int
  ) -> Prepared? {
    guard let answer = answers[Self.hash(octets, target, place)],
      answer.language == nil || answer.language == language, octets.equals(target, answer.target)
    else { return nil }
    return answer
  }

  mutating func insert(_ answer: Prepared, generation: UInt64, counting counters: Counters) {
    guard answer.generation == generation, answer.weight <= limit / 4 else { return }
    if generation != self.generation {
      removeAll(counting: counters)
      self.generation = generation
    }
    let target = answer.target
    let hash = Self.hash(target.span, 0..<target.count, answer.language ?? 0)
    let before = octets
    if let old = answers.updateValue(answer, forKey: hash) {
      octets -= old.weight
    } else {
      order.append(hash)
    }
    octets += answer.weight
    while octets > limit, first < order.count { removeOne() }
    counters.add(octets - before, to: .prepared)
  }

  private mutating func removeOne() {
    let hash = order[first]
    first += 1
    if first > 1024 {
      order.removeFirst(first)
      first = 0
    }
    guard let answer = answers[hash] else { return }
    if answer.isUsed.exchange(false, ordering: .relaxed) {
      order.append(hash)
    } else {
      answers[hash] = nil
      octets -= answer.weight
    }
  }

  private mutating func removeAll(counting counters: Counters) {
    counters.add(-octets, to: .prepared)
    answers.removeAll(keepingCapacity: true)
    order.removeAll(keepingCapacity: true)
    first = 0
    octets = 0
  }

  /// Seeded by the standard library, so that nobody can choose targets with one hash.
  private static func hash(_ octets: Span<UInt8>, _ range: Range<Int>, _ language: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(language)
    // Unsafe: the buffer is read while it is there.
    unsafe octets.extracting(range).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

extension Span<UInt8> {
  func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
    guard range.count == other.count else { return false }
    for index in other.indices {
      guard self[range.lowerBound + index] == other[index] else { return false }
    }
    return true
  }
}
