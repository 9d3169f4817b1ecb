internal import SQLite

/// What staff have set on the desk about the site; the program gives the names and the meaning.
package struct StoredSettings: Sendable {
  let core: ArchiveCore

  init(_ core: ArchiveCore) { self.core = core }

  package func values() throws -> SettingValues {
    try core.read { try $0.settingValues() }
  }

  /// Stores what has changed, with an entry in the audit log for each value.
  ///
  /// - Parameters:
  ///   - values: All values that are to be set.
  ///   - actor: Who does it.
  ///   - now: The time.
  ///   - prepare: Called with the values before they are committed, so that whatever is made after
  ///     the commit is made from them.
  /// - Throws: What the database throws; then nothing is stored.
  package func replace(
    by values: SettingValues, by actor: Actor, at now: Instant = .now,
    prepare: @Sendable (SettingValues) -> Void = { _ in }
  ) throws {
    try core.change(.everything) { connection in
      let old = try connection.settingValues()
      for name in Set(old.texts.keys).union(values.texts.keys).sorted()
      where old.texts[name] != values.texts[name] {
        if let value = values.texts[name] {
          try connection.run(
            """
            INSERT INTO site_setting (name, value) VALUES (\(name), \(value))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)
        } else {
          try connection.run("DELETE FROM site_setting WHERE name = \(name)")
        }
        try connection.audit(
          .changedSetting, name, before: old.texts[name], after: values.texts[name], by: actor,
          at: now)
      }
      if old.logo != values.logo {
        try connection.run("DELETE FROM site_logo")
        if let logo = values.logo {
          try connection.run(
            """
            INSERT INTO site_logo (id, type, bytes)
            VALUES (1, \(logo.type.rawValue), \(logo.bytes))
            """)
        }
        try connection.audit(
          .changedSetting, "logo", before: old.logo?.summary, after: values.logo?.summary,
          by: actor, at: now)
      }
      prepare(values)
    }
  }
}

/// Values of settings by their names, and the logo.
package struct SettingValues: Sendable, Equatable {
  package var texts: [String: String]
  package var logo: Logo?

  package init(texts: [String: String] = [:], logo: Logo? = nil) {
    self.texts = texts
    self.logo = logo
  }

  /// An image that has been checked.
  package struct Logo: Sendable, Equatable {
    package enum Format: String, Sendable { case png, svg }

    package let type: Format
    package let bytes: [UInt8]

    package init(type: Format, bytes: [UInt8]) {
      self.type = type
      self.bytes = bytes
    }

    fileprivate var summary: String { "\(type.rawValue), \(bytes.count) bytes" }
  }
}

extension Connection {
  fileprivate func settingValues() throws -> SettingValues {
    let texts = try rows("SELECT name, value FROM site_setting") { ($0.text(0), $0.text(1)) }
    let logo = try row("SELECT type, bytes FROM site_logo") { row in
      SettingValues.Logo.Format(rawValue: row.text(0)).map {
        SettingValues.Logo(type: $0, bytes: row.bytes(1))
      }
    }
    return SettingValues(
      texts: Dictionary(texts, uniquingKeysWith: { first, _ in first }), logo: logo ?? nil)
  }
}
