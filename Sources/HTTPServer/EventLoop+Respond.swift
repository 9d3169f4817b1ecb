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
    let exchange = Exchange(
      method: head.method, path: cached.path, route: cached.route, client: origin.client,
      id: origin.id,
      userAgent: head.userAgent(in: bytes, limit: 512), isPrefetch: head.isPrefetch(in: bytes),
      isSecure: origin.isSecure, began: connection.state.requestBegan)
    if let budget = cached.budget,
      let seconds = overdraft(budget, of: origin.address, on: connection)
    {
      let request = request(connection, origin, head, bytes)
      return decline(connection, request, exchange, retryAfter: seconds)
    }
    switch selection {
    case .whole:
      write(
        cached.whole, to: connection, exchange, isReused: true,
        withContent: head.method == .get)
    case .notModified:
      if let response = cached.notModified {
        write(response, to: connection, exchange, isReused: true)
      }
    case .part(let range):
      if let piece = cached.whole.piece(range), let partHead = cached.partHead {
        write(
          part: piece, range, of: cached.whole.contentLength, partHead, to: connection, exchange)
      }
    }
  }

  // MARK: By a worker

  /// Answers the request whose body is complete.
  func respondToBody(_ connection: Connection) {
    guard let body = connection.body else { return }
    connection.body = nil
    submit(
      PendingRequest(
        loop: self, key: connection.key, request: body.completeRequest, exchange: body.exchange))
    update(connection)
  }

  /// Has a worker ask the service, or waits for the response to another request like this one.
  func submit(_ pending: PendingRequest) {
    counters.add(1, to: .misses)
    guard pending.request.isRead, pending.request.hasNoContent, !pending.isPersonal else {
      return submitAlone(pending)
    }
    switch context.coalescer.join(pending) {
    case .waits: break
    case .alone: submitAlone(pending)
    case .leads(let key):
      let isTaken = context.workers.submit(
        for: pending.exchange.client, isSearch: isSearch(pending)
      ) { [context] worker in
        let answer = context.answer(
          to: pending.request, worker: worker, at: Clock.wall / 1_000_000_000)
        let others = context.coalescer.finish(key, isShared: answer.cached != nil)
        pending.respond(with: answer)
        for other in others { other.share(answer) }
      }
      guard !isTaken else { return }
      turnAway(pending)
      for waiting in context.coalescer.finish(key, isShared: true) {
        waiting.loop.post(.alone(waiting))
      }
    }
  }

  /// Has a worker ask the service for this request alone.
  func submitAlone(_ pending: PendingRequest) {
    var isUpload = false
    if case .file = pending.request.content { isUpload = true }
    let isTaken = context.workers.submit(
      for: pending.exchange.client, isLong: isUpload, isSearch: isSearch(pending)
    ) { [context] worker in
      var answer = context.answer(
        to: pending.request, worker: worker, at: Clock.wall / 1_000_000_000)
      if pending.isPersonal { answer.cached = nil }
      if case .file(let path, _) = pending.request.content { try? FileSystem.remove(path) }
      pending.respond(with: answer)
    }
    if !isTaken { turnAway(pending) }
  }

  /// Whether a request keeps a core busy, so that few of its kind run at the same time.
  private func isSearch(_ pending: PendingRequest) -> Bool {
    context.service.budget(of: pending.request) == .search
  }

  /// Answers that too many requests wait before this one.
  private func turnAway(_ pending: PendingRequest) {
    if case .file(let path, _) = pending.request.content {
      storeQueue.async { try? FileSystem.remove(path) }
    }
    counters.add(1, to: .turnedAway)
    var response = context.service.refusal(.serviceUnavailable, of: pending.request)
    response.fields.set("retry-after", to: "2")
    // Not now: the request may still be in the hands of the caller.
    post(.responded(pending, EncodedResponse(response.selected(for: pending.request)), nil))
  }

  /// Sends what a worker has made.
  func finish(_ pending: PendingRequest, _ response: EncodedResponse, _ cached: CachedResponse?) {
    if let cached, context.service.isCurrent(cached, at: second) { cache.insert(cached) }
    send(response, to: pending, isReused: false)
  }

  /// Sends the response to another request that is also that to this one.
  func finishShared(
    _ pending: PendingRequest, _ response: EncodedResponse, _ cached: CachedResponse
  ) {
    // Who asked after a change must not get what was made before it.
    guard context.service.isCurrent(cached, at: second) else { return submitAlone(pending) }
    cache.insert(cached)
    send(response, to: pending, isReused: true)
  }

  private func send(_ response: EncodedResponse, to pending: PendingRequest, isReused: Bool) {
    guard let connection = connection(pending.key), connection.state.isResponding else {
      note(pending.exchange, response.status, contentLength: 0, isReused: isReused)
      return settleRecords(areCut: true)
    }
    if case .handOver(let take) = response.content {
      connection.state.endAfterResponse(draining: 0)
      write(response, to: connection, pending.exchange, isReused: isReused)
      flush(connection)
      return handOver(connection, to: take)
    }
    write(response, to: connection, pending.exchange, isReused: isReused)
    flush(connection)
    guard !connection.state.isClosed else { return }
    // Requests may be waiting behind this one.
    if connection.state.isReading, !connection.unread.isEmpty { return readKept(connection) }
    finishPass(connection)
  }

  /// Gives a connection whose head has been sent to the service; the loop forgets it.
  private func handOver(_ connection: Connection, to take: @Sendable (Int32) -> Void) {
    guard !connection.state.isClosed else { return }
    // A head fits into the buffer of a socket that has sent nothing yet.
    let copy = connection.state.output == .empty ? connection.socket.blockingCopy() : nil
    handle(connection, .reset)
    if let copy { take(copy.descriptor) }
  }

  // MARK: Refusals

  /// The seconds that a client has to wait before it may ask; nil while it may.
  ///
  /// A trusted proxy that does not say who its clients are is not held to account for all of them,
  /// nor is a network that the operator names.
  func overdraft(_ budget: Budget, of client: Address, on connection: Connection) -> Int? {
    guard !context.budgets.isEmpty else { return nil }
    let isUnlimited =
      client == connection.peer
      ? connection.isUnlimited : context.configuration.isUnlimited(client)
    return isUnlimited ? nil : context.budgets.draw(budget, for: client, now: now)
  }

  /// Answers that the client asks too often.
  func decline(
    _ connection: Connection, _ request: Request, _ exchange: Exchange, retryAfter seconds: Int
  ) {
    var response = context.service.refusal(.tooManyRequests, of: request)
    response.fields.set("retry-after", to: "\(max(1, seconds))")
    write(
      EncodedResponse(response.selected(for: request)), to: connection, exchange,
      isReused: false)
  }

  /// Answers with an error, after which the connection is closed: where the next request begins is
  /// not known.
  func refuse(_ connection: Connection, _ status: Status) {
    let body = connection.body
    abandonBody(connection)
    connection.unread = []
    let exchange =
      body?.exchange
      ?? Exchange(
        method: nil, path: "", client: connection.client, id: identifiers.next(),
        userAgent: "", isSecure: context.configuration.isBehindTLS,
        began: connection.state.requestBegan)
    // Nothing is selected from it: conditions are those of the resource, which was not asked.
    write(
      EncodedResponse(context.service.refusal(status, of: body?.request)), to: connection,
      exchange, isReused: false, withContent: body?.request.method != .head)
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
