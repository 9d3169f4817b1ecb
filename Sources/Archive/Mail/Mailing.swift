/// The messages to subscribers: planned when publications become public, queued, and handed over.
package struct Mailing: Sendable {
  let core: ArchiveCore

  /// The most publications of one message: it is a letter, not a catalogue.
  package static let mostAnnounced = 500
}
