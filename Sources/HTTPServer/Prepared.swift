import HTTP
import Synchronization

/// A reusable answer in all the forms that are asked for often, made once.
///
/// All forms are made by `Response.selected(for:at:)`, so they are what that would say of each
/// request.
final class Prepared: Sendable {
  /// One coding of the answer.
  final class Form: Sendable {
    let whole: Answer
    /// The 304; nil without validators.
    let notModified: Answer?
    /// The head of a 206 with one part but for `Content-Range` and `Content-Length`; nil where
    /// there are no parts to ask for.
    let partHead: [UInt8]?
    let validators: Validators

    /// The octets it occupies, about.
    var weight: Int {
      let content: Int =
        switch whole.content {
        case .none: 0
        case .octets(let octets): octets.count
        // A file takes no memory but a descriptor, of which there are fewer.
        case .pieces: 64 * 1024
        }
      return content + whole.head.count + (notModified?.head.count ?? 0) + (partHead?.count ?? 0)
    }

    init(whole: Answer, notModified: Answer?, partHead: [UInt8]?, validators: Validators) {
      self.whole = whole
      self.notModified = notModified
      self.partHead = partHead
      self.validators = validators
    }

    init(_ response: Response, accepting coding: ContentCoding, now: Int64) {
      var request = Request(
        method: .get, path: "/", fields: ["accept-encoding": coding.rawValue])
      let selected = response.selected(for: request, at: now)
      let tag = selected.entityTag.map { EntityTag($0).description }
      if let tag { request.fields.set("if-none-match", to: tag) }
      if tag == nil, let seconds = response.lastModified {
        request.fields.set("if-modified-since", to: HTTPDate(seconds: seconds).description)
      }
      let conditional = response.selected(for: request, at: now)
      whole = Answer(selected)
      notModified = conditional.status == .notModified ? Answer(conditional) : nil
      validators = Validators(
        entityTag: selected.entityTag, lastModified: selected.lastModified)
      if response.status == .ok, whole.contentOctets > 0 {
        var part = selected
        part.status = .partialContent
        partHead = Answer.lines(of: part)
      } else {
        partHead = nil
      }
    }
  }

  /// What the answer was made of, before anything is selected from it.
  private enum Origin {
    case response(Response)
    /// The field lines of one that was read from the file of answers; see `PreparedRecord`.
    case record(fields: [UInt8])
  }

  /// Path and query as they were sent.
  let target: [UInt8]
  let path: String
  /// The language it is in; nil when it is the answer in all of them.
  let language: Int?
  let budget: Budget?
  /// The service's generation before it was asked.
  let generation: UInt64
  private let origin: Origin
  let dependencies: [Response.Dependency]
  /// Whether conditions and ranges of the request count.
  let isSelectable: Bool
  let identity: Form
  /// Nil when the answer has only one coding, or nobody has wanted the other yet.
  let gzip: Form?
  let isCoded: Bool
  /// Whether whoever does not accept identity may get it all the same, as there is nothing in it,
  /// or it has another coding.
  let isIdentityIndifferent: Bool
  /// The octets it occupies, about.
  let weight: Int
  /// Whether it has been used since the last search for one that is not: a bit for the searches of
  /// loops, and one for those of what they share.
  let uses = Atomic<UInt8>(3)
  /// The number of the last change of anything when it was found to be current.
  private let checked = Atomic<UInt64>(0)

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
    origin = .response(response)
    dependencies = response.dependencies
    isSelectable = response.status == .ok
    identity = Form(response, accepting: .identity, now: now)
    if case .coded = response.content { isCoded = true } else { isCoded = false }
    gzip = nil
    isIdentityIndifferent =
      response.content.length == 0 || response.fields.has("content-encoding")
    weight = 1024 + 2 * target.count + identity.weight
    guard target.count <= 2048, weight <= 4 * 1024 * 1024 else { return nil }
  }

  /// The same answer with its second coding, which takes a while to make.
  init(codingOf plain: Prepared, now: Int64) {
    var response = plain.response
    if case .coded(let identity, let gzip) = response.content {
      let octets = gzip()
      response.content = .coded(identity: identity, gzip: { octets })
    }
    target = plain.target
    path = plain.path
    language = plain.language
    budget = plain.budget
    generation = plain.generation
    origin = .response(response)
    dependencies = plain.dependencies
    isSelectable = plain.isSelectable
    identity = plain.identity
    let form = Form(response, accepting: .gzip, now: now)
    gzip = form
    isCoded = true
    isIdentityIndifferent = plain.isIdentityIndifferent
    weight = plain.weight + form.weight
  }

  /// An answer in two codings that was made before, and read again.
  init(
    _ record: PreparedRecord, identity: Form, gzip: Form, dependencies: [Response.Dependency]
  ) {
    target = record.target
    path = String(decoding: record.target[..<record.pathOctets], as: UTF8.self)
    language = record.language
    budget = record.budget
    generation = record.generation
    origin = .record(fields: record.fields)
    self.dependencies = dependencies
    isSelectable = true
    self.identity = identity
    self.gzip = gzip
    isCoded = true
    isIdentityIndifferent = false
    weight = 1024 + 2 * record.target.count + identity.weight + gzip.weight
  }

  /// The answer before anything is selected from it.
  var response: Response {
    switch origin {
    case .response(let response): return response
    case .record(let fields):
      var content = Response.Content.none
      if case .octets(let octets) = identity.whole.content,
        case .octets(let zipped)? = gzip?.whole.content
      {
        content = .coded(identity: octets, gzip: { zipped })
      }
      var response = Response(
        .ok, fields: PreparedRecord.decoded(fields), content: content,
        entityTag: identity.validators.entityTag,
        lastModified: identity.validators.lastModified, isReusable: true)
      response.dependencies = dependencies
      response.variesByLanguage = language != nil
      return response
    }
  }

  /// The form for a client; nil when it accepts none, or one that is not made yet.
  func form(for accepted: AcceptEncoding) -> Form? {
    if isIdentityIndifferent { return identity }
    guard isCoded else { return !isSelectable || accepted.acceptsIdentity ? identity : nil }
    return switch accepted.preferred {
    case .gzip: gzip
    case .identity: identity
    case nil: nil
    }
  }

  /// Whether the form for a client has still to be made.
  func lacksForm(for accepted: AcceptEncoding) -> Bool {
    isCoded && gzip == nil && !isIdentityIndifferent && accepted.preferred == .gzip
  }

  func noteUse() {
    if uses.load(ordering: .relaxed) != 3 { uses.store(3, ordering: .relaxed) }
  }

  /// Whether nothing that it was made of has changed since.
  func isCurrent(_ service: any Service, at now: Int64) -> Bool {
    let last = service.lastChange(of: .all, at: now)
    if checked.load(ordering: .relaxed) == last { return true }
    guard service.isCurrent(generation, dependencies, at: now) else { return false }
    checked.store(last, ordering: .relaxed)
    return true
  }
}

extension Service {
  /// Whether nothing has changed that an answer is made of since the generation it was begun in.
  func isCurrent(
    _ generation: UInt64, _ dependencies: [Response.Dependency], at now: Int64
  ) -> Bool {
    for index in dependencies.indices
    where lastChange(of: dependencies[index], at: now) > generation {
      return false
    }
    return true
  }
}
