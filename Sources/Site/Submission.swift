import Archive
import Foundation
import HTTP
import System

/// A submitted form: its text fields, and the files that were chosen.
package struct Submission {
  /// A file of a form.
  struct File {
    /// The name of its field.
    var field: String
    /// In the folder `incoming/` of the archive.
    var file: IncomingFile
    /// Its length in bytes.
    var bytes = 0
  }

  var fields = FormFields()
  var files: [File] = []
  /// The token of the upload that the file is from; nil if it came with the form.
  var keptAs: String?

  /// The file of a form with one.
  var file: IncomingFile? { files.first?.file }
  /// Its length in bytes; 0 without one.
  var fileOctets: Int { files.first?.bytes ?? 0 }

  /// The most files of one form.
  package static let mostFiles = 500
  /// The field with the token.
  static let keptFile: StaticString = "kept-file"

  /// The text of a field without surrounding white space; empty when it is missing.
  func text(_ name: String) -> String { fields.text(name) }

  /// Removes the files that the archive has not taken.
  func discard() {
    for file in files { try? FileManager.default.removeItem(atPath: file.file.path) }
  }
}

extension FormFields {
  /// The text of a field without surrounding white space; empty when it is missing.
  func text(_ name: String) -> String { (self[name] ?? "").trimmed }
}

/// Why a form could not be read.
enum SubmissionError: Error, Equatable {
  /// The content is not what `Content-Type` says.
  case malformed
  /// It is of a media type that no form is sent in, or compressed (RFC 9110 §15.5.16).
  case unsupported
  /// The fields of text are longer together than any form of ours.
  case tooLong
  /// The disk is full.
  case noSpace

  var status: Status {
    switch self {
    case .malformed: .badRequest
    case .unsupported: .unsupportedMediaType
    case .tooLong: .contentTooLarge
    case .noSpace: .insufficientStorage
    }
  }
}

extension Submission {
  /// The most octets of all fields of text together.
  static let longestText = 1 << 20

  /// Reads the content of a request.
  ///
  /// - Parameters:
  ///   - request: With its content received, in memory or in a file.
  ///   - folder: Where a file in the form is written.
  /// - Throws: ``SubmissionError``, or what reading and writing files throws.
  init(_ request: Request, folder: String) throws {
    guard request.fields["Content-Encoding"] == nil else { throw SubmissionError.unsupported }
    let type = request.fields["Content-Type"].flatMap(MediaType.init)
    switch type?.essence {
    case "application/x-www-form-urlencoded":
      fields = FormFields(bytes: try Submission.octets(of: request.content))
    case "multipart/form-data":
      var assembly = MultipartAssembly(folder: folder)
      do {
        try assembly.read(request.content, contentType: request.fields["Content-Type"] ?? "")
      } catch {
        assembly.discard()
        throw error
      }
      fields = FormFields(assembly.fields)
      files = assembly.files
    default:
      guard case .none = request.content else { throw SubmissionError.unsupported }
    }
  }

  private static func octets(of content: Request.Content) throws -> [UInt8] {
    switch content {
    case .none: return []
    case .bytes(let octets):
      guard octets.count <= longestText else { throw SubmissionError.tooLong }
      return octets
    case .file(let path, let octets):
      guard octets <= longestText else { throw SubmissionError.tooLong }
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }
}

/// Takes the parts of a multipart form as they are read: text into memory, files to the disk.
private struct MultipartAssembly: ~Copyable {
  let folder: String
  var fields: [FormFields.Field] = []
  var files: [Submission.File] = []
  private var part: MultipartPart?
  private var text: [UInt8] = []
  private var textOctets = 0
  private var writing: FileDescriptor?

  init(folder: String) { self.folder = folder }

  mutating func read(_ content: Request.Content, contentType: String) throws {
    do {
      var reader = try MultipartReader(contentType: contentType)
      switch content {
      case .none: break
      case .bytes(let octets): try take(octets, &reader)
      case .file(let path, _):
        let file = try FileDescriptor(path, for: .reading)
        while true {
          let piece = try file.read(upTo: 256 * 1024)
          if piece.isEmpty { break }
          try take(piece, &reader)
        }
      }
      try reader.finish()
    } catch let error as MultipartError {
      throw error.status == .contentTooLarge ? SubmissionError.tooLong : .malformed
    } catch let error as FileError where error.isNoSpace {
      throw SubmissionError.noSpace
    }
  }

  private mutating func take(_ octets: [UInt8], _ reader: inout MultipartReader) throws {
    var position = 0
    while true {
      switch try reader.next(octets.span, at: &position) {
      case .needsMore, .end: return
      case .part(let part): try begin(part)
      case .content(let range): try add(octets[range])
      case .heldContent(let held): try add(held[...])
      case .partEnd: try end()
      }
    }
  }

  private mutating func begin(_ part: MultipartPart) throws {
    self.part = part
    text = []
    // A file field in which nothing was chosen has an empty name and no content.
    guard let fileName = part.fileName, !fileName.isEmpty else { return }
    guard files.count < Submission.mostFiles else { throw SubmissionError.tooLong }
    let path = "\(folder)/\(UUID().uuidString.lowercased()).part"
    writing = try FileDescriptor(path, for: .creating)
    files.append(
      Submission.File(field: part.name, file: IncomingFile(path: path, name: fileName)))
  }

  private mutating func add(_ octets: ArraySlice<UInt8>) throws {
    if let file = writing.take() {
      try file.write(Array(octets))
      files[files.count - 1].bytes += octets.count
      writing = consume file
    } else if part?.fileName == nil {
      textOctets += octets.count
      guard textOctets <= Submission.longestText else { throw SubmissionError.tooLong }
      text += octets
    }
  }

  private mutating func end() throws {
    if let file = writing.take() {
      try file.close()
    } else if let part, part.fileName == nil {
      fields.append(FormFields.Field(part.name, String(decoding: text, as: UTF8.self)))
    }
    part = nil
  }

  func discard() {
    for file in files { try? FileManager.default.removeItem(atPath: file.file.path) }
  }
}
