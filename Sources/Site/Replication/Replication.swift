package import Archive

/// The place of this server among others with the same archive.
package struct Replication: Sendable {
  package enum Role: Sendable, Equatable {
    /// The server that writes.
    case primary
    /// A server with a copy of the database.
    ///
    /// - Parameters:
    ///   - primary: The origin of the server that writes, for what a replica cannot do.
    ///   - lagLimit: The age of the copy, in seconds, above which `/health` answers 503.
    case replica(primary: String, lagLimit: Int64)

    var name: String { if case .replica = self { "replica" } else { "primary" } }

    /// The origin of the server that writes; nil for that server.
    var primary: String? { if case .replica(let primary, _) = self { primary } else { nil } }
  }

  /// How many changes the replica store confirmed, since the start.
  package struct Confirmations: Sendable, Equatable {
    package var succeeded = 0
    package var failed = 0

    package init() {}
  }

  package var role: Role
  /// What is wrong with replication now.
  package var warnings: @Sendable () -> [ReplicationWarning]
  /// Waits until the replica store has everything that was written; false when that failed.
  ///
  /// nil if changes need no confirmation.
  package var confirm: (@Sendable () -> Bool)?
  package var confirmations: @Sendable () -> Confirmations
  /// The PDFs that a replica has fetched.
  package var fetched: @Sendable () -> FileFetcher.Counts?

  package init(
    _ role: Role = .primary, warnings: @escaping @Sendable () -> [ReplicationWarning] = { [] },
    confirm: (@Sendable () -> Bool)? = nil,
    confirmations: @escaping @Sendable () -> Confirmations = { Confirmations() },
    fetched: @escaping @Sendable () -> FileFetcher.Counts? = { nil }
  ) {
    self.role = role
    self.warnings = warnings
    self.confirm = confirm
    self.confirmations = confirmations
    self.fetched = fetched
  }
}

/// What may be wrong with replication.
package enum ReplicationWarning: Sendable, Equatable, CustomStringConvertible {
  /// The replicator does not answer on its socket.
  case replicatorSilent
  /// Nobody copies the write-ahead log into the database; it has so many bytes.
  case logGrows(bytes: Int)
  /// The version of the replicator has faults that lose data.
  case replicatorOutdated(version: String)
  /// The replica store did not confirm the last change in time.
  case notConfirmed
  /// A replica does not use the newest copy of the database, for this reason.
  case copyRefused(String)

  package var description: String {
    switch self {
    case .replicatorSilent: "the replicator does not answer on its socket"
    case .logGrows(let bytes):
      "the write-ahead log has \(bytes) bytes; the replicator does not seem to run"
    case .replicatorOutdated(let version):
      "Litestream \(version) can lose data; install 0.5.17 or later"
    case .notConfirmed: "the replica store has not confirmed the last change"
    case .copyRefused(let reason): "the newest copy of the database is not used: \(reason)"
    }
  }

  /// The warning for staff; nil for those of replicas, which have no staff pages.
  var phrase: Phrase? {
    switch self {
    case .replicatorSilent: .replicatorSilent
    case .logGrows: .replicatorStuck
    case .replicatorOutdated: .replicatorOutdated
    case .notConfirmed: .replicationBehind
    case .copyRefused: nil
    }
  }
}
