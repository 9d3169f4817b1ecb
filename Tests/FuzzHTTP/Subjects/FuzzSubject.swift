/// What reads bytes from outside, each with what must hold of any bytes whatever.
///
/// The fuzzer makes up bytes for one of them at a time; the ordinary tests give each the cases in
/// `Corpus`, in the folder of its name.
package enum FuzzSubject: String, CaseIterable, Sendable {
  /// Requests one behind the other, with content: heads, lengths, chunks.
  case request
  case chunked
  case multipart
  case ranges
  case forms
  /// The values of fields: dates, media types, tags, codings, cookies, addresses.
  case values

  /// Gives bytes to the subject.
  ///
  /// - Parameter input: The bytes; for some subjects the first ones say where to cut the rest.
  /// - Throws: ``Broken`` when what must hold does not; what ends the process is found as such.
  package func check(_ input: [UInt8]) throws(Broken) {
    switch self {
    case .request: try checkRequest(input)
    case .chunked: try checkChunked(input)
    case .multipart: try checkMultipart(input)
    case .ranges: try checkRanges(input)
    case .forms: try checkForms(input)
    case .values: try checkValues(input)
    }
  }

  /// Something that must hold did not.
  package struct Broken: Error, CustomStringConvertible {
    package let description: String
  }
}

func require(_ holds: Bool, _ claim: String) throws(FuzzSubject.Broken) {
  guard holds else { throw FuzzSubject.Broken(description: claim) }
}

/// An input whose first byte says where to cut what follows it.
struct CutInput {
  let bytes: [UInt8]
  let cut: Int

  /// Nil without a first byte.
  init?(_ input: [UInt8]) {
    guard let first = input.first else { return nil }
    bytes = Array(input.dropFirst())
    // Also in the middle of what is longer than an byte can count.
    cut = bytes.count <= 255 ? min(Int(first), bytes.count) : Int(first) * bytes.count / 255
  }

  /// Where the pieces end: one piece, two, and many small ones.
  var ends: [[Int]] {
    [[bytes.count], [cut, bytes.count], Array(stride(from: 1, through: bytes.count, by: 1))]
  }
}
