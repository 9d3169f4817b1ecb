import Dispatch
import HTTP
import System

/// From requests to responses.
extension EventLoop {
  /// Answers with a cached response.
  func respond(
    _ connection: Connection, with cached: CachedResponse, _ selection: CachedResponse.Selection,
    _ head: RequestHead, _ bytes: Span<UInt8>
  ) {
    counters.add(1, to: .hits)
    let origin = origin(connection, head, bytes)
    var record = record(connection, origin, head, bytes)
    record.path = cached.path
    record.route = cached.route
    record.isReused = true
    if let rate = cached.rate,
      let seconds = secondsToWait(rate, of: origin.address, on: connection)
    {
      let request = request(connection, origin, head, bytes)
      return decline(connection, request, record, retryAfter: seconds)
    }
    if cached.isStyleSheet { noteReader(origin.address, on: connection) }
    switch selection {
    case .whole:
      write(cached.whole, to: connection, record, withContent: head.method == .get)
    case .notModified(let response):
      noteReader(origin.address, on: connection)
      write(response, to: connection, record)
    case .part(let response):
      write(response, to: connection, record)
    }
  }

  /// Notes that a client has behaved like a reader; once a minute is enough, as there is a lock.
  private func noteReader(_ client: Address, on connection: Connection) {
    if let noted = connection.readerNoted, noted.client == client,
      now - noted.at < 60_000_000_000
    {
      return
    }
    connection.readerNoted = (client, now)
    context.workers.noteReader(client)
  }

  // MARK: By a worker

  /// Answers the request whose body is complete.
  func respondToBody(_ connection: Connection) {
    guard let body = connection.body else { return }
    connection.body = nil
    submit(
      PendingRequest(
        loop: self, key: connection.key, request: body.completeRequest, record: body.record))
    update(connection)
  }

  /// Passes a request to a worker.
  ///
  /// - Parameters:
  ///   - pending: The request.
  ///   - isAlone: Whether it must not wait for the response to another request like it.
  func submit(_ pending: PendingRequest, isAlone: Bool = false) {
    var key: RequestCoalescer.Key?
    if !isAlone {
      counters.add(1, to: .misses)
      if pending.request.isRead, pending.request.hasNoContent, !pending.isPersonal {
        switch context.coalescer.join(pending) {
        case .waits: return
        case .alone: break
        case .leads(let led): key = led
        }
      }
    }
    var file: String?
    if case .file(let path, _) = pending.request.content { file = path }
    let run: Workers.Job = { [context, key, file] worker in
      var answer = context.answer(
        to: pending.request, worker: worker, at: Clock.wall / 1_000_000_000)
      if pending.isPersonal { answer.cached = nil }
      if let file { try? FileSystem.remove(file) }
      let others =
        key.map { context.coalescer.finish($0, isShared: answer.cached != nil) } ?? []
      pending.respond(with: answer)
      for other in others { other.share(answer) }
    }
    // Posted, since the caller may still be using the connection.
    let refuse: @Sendable (Int) -> Void = { [context, key] seconds in
      pending.loop.post(.refused(pending, seconds: seconds))
      for waiting in key.map({ context.coalescer.finish($0, isShared: true) }) ?? [] {
        waiting.loop.post(.alone(waiting))
      }
    }
    let client = pending.record.client
    let budget: Workers.Budget? =
      switch context.service.cost(of: pending.request) {
      case .page, .styleSheet: nil
      case .costly: .searches
      case .drawing: .drawings
      }
    if let budget {
      let isStaff = pending.isPersonal && context.service.isStaff(pending.request)
      return context.workers.submitCostly(
        for: client, of: budget, isStaff: isStaff, run, refuse: refuse)
    }
    let isLong = file != nil || context.service.isLong(pending.request)
    if !context.workers.submit(for: client, isLong: isLong, run) { refuse(2) }
  }

  /// Answers 503 to a request that found no place among those that wait for a worker.
  func turnAway(_ pending: PendingRequest, retryAfter seconds: Int) {
    if case .file(let path, _) = pending.request.content {
      storeQueue.async { try? FileSystem.remove(path) }
    }
    counters.add(1, to: .turnedAway)
    var response = context.service.refusal(.serviceUnavailable, of: pending.request)
    response.fields.set("retry-after", to: "\(seconds)")
    finish(pending, EncodedResponse(response.selected(for: pending.request)), nil)
  }

  /// Sends and caches the response that a worker made.
  func finish(_ pending: PendingRequest, _ response: EncodedResponse, _ cached: CachedResponse?) {
    if let cached, context.service.isCurrent(cached, at: second) { cache.insert(cached) }
    send(response, to: pending)
  }

  /// Sends and caches the response to another request like this one.
  func finishShared(
    _ pending: PendingRequest, _ response: EncodedResponse, _ cached: CachedResponse
  ) {
    // The request may have come after a change that the response does not have.
    guard context.service.isCurrent(cached, at: second) else {
      return submit(pending, isAlone: true)
    }
    cache.insert(cached)
    var shared = pending
    shared.record.isReused = true
    send(response, to: shared)
  }

  private func send(_ response: EncodedResponse, to pending: PendingRequest) {
    guard let connection = connection(pending.key), connection.state.isResponding else {
      var record = pending.record
      record.status = response.status
      records.append(record)
      return settleRecords(areCut: true)
    }
    let isStyleSheet =
      response.status == Status.ok.code && context.service.cost(of: pending.request) == .styleSheet
    if isStyleSheet || response.status == Status.notModified.code,
      let client = Address(pending.record.client)
    {
      noteReader(client, on: connection)
    }
    let isHandedOver = if case .handOver = response.content { true } else { false }
    if isHandedOver { connection.state.endAfterResponse(draining: 0) }
    write(response, to: connection, pending.record)
    flush(connection)
    if case .handOver(let take) = response.content { return handOver(connection, to: take) }
    guard !connection.state.isClosed else { return }
    if connection.state.isReading, !connection.unread.isEmpty { return readKept(connection) }
    finishPass(connection)
  }

  /// Hands a connection, on which the head was sent, over to the service.
  private func handOver(_ connection: Connection, to take: @Sendable (Int32) -> Void) {
    guard !connection.state.isClosed else { return }
    let copy = connection.state.output == .empty ? connection.socket.blockingCopy() : nil
    handle(connection, .reset)
    if let copy { take(copy.descriptor) }
  }

  // MARK: Refusals

  /// The seconds that a client has to wait before it may ask; nil when it may ask now.
  ///
  /// Trusted proxies that do not say who their clients are have no limit, nor do networks that the
  /// operator names.
  func secondsToWait(
    _ rate: RateClass, of client: Address, on connection: Connection
  ) -> Int? {
    guard !context.rateLimiter.isEmpty else { return nil }
    let isUnlimited =
      client == connection.peer
      ? connection.isUnlimited : context.configuration.isUnlimited(client)
    return isUnlimited ? nil : context.rateLimiter.take(rate, for: client, now: now)
  }

  /// Answers 429.
  func decline(
    _ connection: Connection, _ request: Request, _ record: AccessRecord,
    retryAfter seconds: Int
  ) {
    var record = record
    record.isReused = false
    var response = context.service.refusal(.tooManyRequests, of: request)
    response.fields.set("retry-after", to: "\(max(1, seconds))")
    write(EncodedResponse(response.selected(for: request)), to: connection, record)
  }

  /// Answers with an error and closes the connection: where the next request begins is not known.
  func refuse(_ connection: Connection, _ status: Status) {
    let body = connection.body
    abandonBody(connection)
    connection.unread = []
    var record =
      body?.record
      ?? AccessRecord(
        time: connection.state.requestBegan - clockOffset, method: nil, path: "",
        client: connection.client, id: identifiers.next(), userAgent: "")
    if body == nil {
      record.isSecure = context.configuration.isBehindTLS
      record.began = connection.state.requestBegan
    }
    // Nothing is selected from it: conditions are those of the resource, which was not asked.
    write(
      EncodedResponse(context.service.refusal(status, of: body?.request)), to: connection,
      record, withContent: body?.request.method != .head)
  }
}

extension PendingRequest {
  /// Sends what the service answered; called by a worker.
  fileprivate func respond(with answer: ServerContext.Answer) {
    loop.post(.responded(self, encoded(answer.response), answer.cached))
  }

  /// Sends what the service answered to a request like this one; called by a worker.
  fileprivate func share(_ answer: ServerContext.Answer) {
    if let cached = answer.cached {
      loop.post(.shared(self, encoded(answer.response), cached))
    } else {
      loop.post(.alone(self))
    }
  }

  private func encoded(_ response: Response) -> EncodedResponse {
    EncodedResponse(response.selected(for: request, at: Clock.wall / 1_000_000_000))
  }
}
