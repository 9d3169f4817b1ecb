package import Archive

/// The mailing list as a file, with where and when subscribers agreed.
package enum SubscriberExport {
  /// Comma-separated values with a line for each subscription of subscribers of a status, or of all
  /// who have confirmed.
  package static func csv(of archive: Archive, _ status: SubscriberStatus?) throws -> [UInt8] {
    var table = CSV(ExportedSubscription.columns)
    for subscription in try archive.subscribers.exported(status: status) {
      table.add(subscription.values)
    }
    return table.bytes
  }
}
