import HTTP
import Testing

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// What a head came to, as values that can be compared.
struct Summary: Equatable, CustomStringConvertible {
  var method: HTTP.Method
  var version: RequestHead.Version
  var path: String
  var query: String?
  var fields: [Fields.Line]
  var framing: ContentFraming
  var expectsContinue: Bool
  var keepsAlive: Bool
  var bytes: Int

  init(_ head: RequestHead, in message: [UInt8]) {
    let request = head.request(in: message.span, client: "::1", isSecure: false, id: "1")
    method = request.method
    version = head.version
    path = request.path
    query = request.query
    fields = request.fields.lines
    framing = head.framing
    expectsContinue = head.expectsContinue
    keepsAlive = head.keepsAlive
    bytes = head.bytes
  }

  var description: String {
    "\(method.rawValue) \(path) \(query ?? "-") \(version) \(framing) \(fields.map(\.value))"
  }
}

/// What became of bytes that arrived in pieces.
enum Parsed: Equatable {
  case incomplete
  case head(Summary)
  case refused(HeadError)
}

/// Parses a message of which each call sees the bytes up to the next cut.
func parsed(
  _ message: [UInt8], cuts: [Int] = [], limits: RequestParser.Limits = .init()
) -> Parsed {
  var parser = RequestParser(limits: limits)
  for cut in cuts + [message.count] {
    do throws(HeadError) {
      if try parser.parse(message.span.extracting(first: cut)) != .incomplete {
        return .head(Summary(parser.head, in: message))
      }
    } catch {
      return .refused(error)
    }
  }
  return .incomplete
}

func parsed(_ text: String, limits: RequestParser.Limits = .init()) -> Parsed {
  parsed(bytes(text), limits: limits)
}

func summary(_ text: String) -> Summary? {
  guard case .head(let summary) = parsed(text) else { return nil }
  return summary
}

/// A request of a test table: what it shows, its bytes, what is expected.
struct Case<Expected: Sendable>: Sendable, CustomTestStringConvertible {
  let claim: String
  let text: String
  let expected: Expected

  init(_ claim: String, _ text: String, _ expected: Expected) {
    self.claim = claim
    self.text = text
    self.expected = expected
  }

  var testDescription: String { claim }
}

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
