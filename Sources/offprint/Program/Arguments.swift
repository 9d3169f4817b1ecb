/// The arguments of a command, taken one by one; remaining ones are an error.
struct Arguments {
  /// Words before `--`, which can be options.
  private var words: [String]
  /// Words after `--`, which are never options.
  private let rest: [String]
  /// The options that were requested, to suggest one for a misspelled option.
  private var known: [String] = ["--help"]

  init(_ words: some Collection<String>) {
    let words = Array(words)
    let end = words.firstIndex(of: "--") ?? words.endIndex
    self.words = Array(words[..<end])
    rest = Array(words[end...].dropFirst())
  }

  /// The arguments that have not been taken.
  var all: [String] { rest.isEmpty ? words : words + ["--"] + rest.dropFirst(taken) }

  /// Whether a flag is present.
  mutating func flag(_ name: String) -> Bool {
    known.append(name)
    let count = words.count
    words.removeAll { $0 == name }
    return words.count < count
  }

  /// The value of an option, as `--name VALUE` or `--name=VALUE`; nil if it is missing.
  mutating func value(of name: String) throws(UsageError) -> String? {
    known.append(name)
    var found: String?
    while let index = words.firstIndex(where: { $0 == name || $0.hasPrefix(name + "=") }) {
      guard found == nil else { throw .repeatedOption(name) }
      let word = words.remove(at: index)
      if word == name {
        guard index < words.count, words[index] == "-" || !words[index].hasPrefix("--") else {
          throw .missingValue(option: name)
        }
        found = words.remove(at: index)
      } else {
        found = String(word.dropFirst(name.count + 1))
      }
    }
    return found
  }

  /// The next word that is not an option; take options first.
  mutating func word(_ name: String) throws(UsageError) -> String {
    guard let word = try words(name).first else { throw .missingWord(name) }
    if words.isEmpty { taken += 1 } else { words.removeFirst() }
    return word
  }

  /// All remaining words; take options first.
  mutating func remainingWords(_ name: String) throws(UsageError) -> [String] {
    let all = try words(name)
    guard !all.isEmpty else { throw .missingWord(name) }
    words = []
    taken = rest.count
    return all
  }

  /// Throws unless every word has been taken.
  func finish() throws(UsageError) {
    if let word = try words("").first { throw .unexpectedWord(word) }
  }

  /// The number of words taken from `rest`.
  private var taken = 0

  private func words(_ name: String) throws(UsageError) -> [String] {
    if let option = words.first(where: { $0.hasPrefix("-") && $0 != "-" }) {
      let name = String(option.prefix { $0 != "=" })
      throw .unknownOption(name, nearest: nearest(to: name, in: known))
    }
    return words + rest.dropFirst(taken)
  }
}

/// Why a command line is invalid.
enum UsageError: Error, Equatable, CustomStringConvertible {
  case noCommand
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, nearest: String?)
  case repeatedOption(String)
  case missingValue(option: String)
  case missingWord(String)
  case unexpectedWord(String)
  /// The value of an option is invalid.
  case badValue(option: String, expected: String, found: String)

  var description: String {
    func hint(_ nearest: String?) -> String { nearest.map { "; did you mean “\($0)”?" } ?? "" }
    return switch self {
    case .noCommand: "expected a command"
    case .unknownCommand(let name, let nearest): "unknown command “\(name)”\(hint(nearest))"
    case .unknownOption(let name, let nearest): "unknown option “\(name)”\(hint(nearest))"
    case .repeatedOption(let name): "\(name): given twice"
    case .missingValue(let option): "\(option): expected a value after it"
    case .missingWord(let name): "expected \(name)"
    case .unexpectedWord(let word): "unexpected argument “\(word)”"
    case .badValue(let option, let expected, let found):
      "\(option): expected \(expected), found “\(found)”"
    }
  }
}
