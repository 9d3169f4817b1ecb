/// The plural form for a whole number, by the rules of the Unicode CLDR.
enum PluralRule: Sendable {
  case none, one, zeroOrOne, eastSlavic, polish, czech, arabic, lithuanian, slovenian, romanian

  enum Form: String, CaseIterable, Sendable {
    case zero, one, two, few, many, other
  }

  /// The rule of a language by its tag; that of English for languages not named here.
  init(language tag: String) {
    self =
      switch tag.split(separator: "-").first.map({ $0.lowercased() }) ?? tag {
      case "ja", "ko", "zh", "vi", "th", "id", "ms", "lo", "my": .none
      case "fr", "pt", "hi", "fa", "bn", "hy", "am": .zeroOrOne
      case "ru", "uk", "be", "sr", "hr", "bs": .eastSlavic
      case "pl": .polish
      case "cs", "sk": .czech
      case "ar": .arabic
      case "lt": .lithuanian
      case "sl": .slovenian
      case "ro": .romanian
      default: .one
      }
  }

  /// The forms that a language of this rule has words for.
  var forms: [Form] {
    switch self {
    case .none: [.other]
    case .one, .zeroOrOne: [.one, .other]
    case .eastSlavic, .polish: [.one, .few, .many]
    case .czech, .lithuanian, .romanian: [.one, .few, .other]
    case .slovenian: [.one, .two, .few, .other]
    case .arabic: Form.allCases
    }
  }

  func form(of number: Int) -> Form {
    let number = number.magnitude
    let (ten, hundred) = (number % 10, number % 100)
    let isTeen = (11...19).contains(hundred)
    switch self {
    case .none: return .other
    case .one: return number == 1 ? .one : .other
    case .zeroOrOne: return number <= 1 ? .one : .other
    case .eastSlavic:
      if ten == 1, hundred != 11 { return .one }
      return (2...4).contains(ten) && !(12...14).contains(hundred) ? .few : .many
    case .polish:
      if number == 1 { return .one }
      return (2...4).contains(ten) && !(12...14).contains(hundred) ? .few : .many
    case .czech: return number == 1 ? .one : (2...4).contains(number) ? .few : .other
    case .lithuanian:
      if ten == 1, !isTeen { return .one }
      return ten >= 2 && !isTeen ? .few : .other
    case .slovenian:
      return hundred == 1
        ? .one : hundred == 2 ? .two : (3...4).contains(hundred) ? .few : .other
    case .romanian:
      if number == 1 { return .one }
      return number == 0 || (1...19).contains(hundred) ? .few : .other
    case .arabic:
      switch number {
      case 0: return .zero
      case 1: return .one
      case 2: return .two
      default: return (3...10).contains(hundred) ? .few : hundred >= 11 ? .many : .other
      }
    }
  }
}
