package import Archive
internal import Synchronization

/// How the site looks: the operator's settings, what staff have set on the desk where the operator
/// set nothing, and the pages made from both.
package final class Appearance: Sendable {
  /// One state, whole; it is replaced by another and never changed.
  final class State: Sendable {
    let settings: SiteSettings
    let assets: Assets
    /// In the default language, and in each in the order of the assets.
    let pages: Pages
    let pagesByLanguage: [Pages]
    /// The same by language tag, for readers who have chosen the language.
    let pagesByChoice: [String: Pages]
    let languageTags: [String]

    fileprivate init(_ settings: SiteSettings, _ assets: Assets) {
      self.settings = settings
      self.assets = assets
      languageTags = assets.languages.map(\.tag)
      pages = Pages(settings: settings, assets: assets)
      pagesByLanguage = assets.languages.map {
        Pages(settings: settings, assets: assets, words: $0)
      }
      pagesByChoice = Dictionary(
        assets.languages.map {
          ($0.tag, Pages(settings: settings, assets: assets, words: $0, carriesLanguage: true))
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// What the operator has set, and the files as they are installed.
  let settings: SiteSettings
  let assets: Assets
  private let current: Mutex<State>
  /// What the state is made of: what staff have set, and the types of publications.
  private let stored: Mutex<(values: SettingValues, types: [TypeEntry])>

  /// - Parameters:
  ///   - settings: The operator's.
  ///   - assets: The files of the Public folder.
  ///   - values: What staff have set.
  ///   - types: The types of publications.
  package init(
    settings: SiteSettings, assets: Assets, values: SettingValues = SettingValues(),
    types: [TypeEntry] = []
  ) {
    self.settings = settings
    self.assets = assets
    stored = Mutex((values, types))
    current = Mutex(Appearance.state(settings, assets, values, types))
  }

  var state: State { current.withLock { $0 } }

  /// Takes what staff have set.
  package func take(_ values: SettingValues) {
    stored.withLock { $0.values = values }
    update()
  }

  /// Takes the types of publications.
  package func take(_ types: [TypeEntry]) {
    stored.withLock { $0.types = types }
    update()
  }

  private func update() {
    let (values, types) = stored.withLock { $0 }
    let state = Appearance.state(settings, assets, values, types)
    current.withLock { $0 = state }
  }

  /// The settings in force.
  package var settingsInForce: SiteSettings { state.settings }

  private static func state(
    _ settings: SiteSettings, _ assets: Assets, _ values: SettingValues, _ types: [TypeEntry]
  ) -> State {
    let inForce = settings.with(values)
    return State(inForce, assets.adapted(to: inForce, logo: values.logo, naming: types))
  }
}
