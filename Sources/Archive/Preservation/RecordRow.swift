internal import Foundation
internal import SQLite

/// A row of a table as a line of JSON: an object with a member for each column that is not NULL.
struct RecordRow: Codable {
  var values: [String: SQL.Value]

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  /// Bytes are `{"base64": "…"}`, which no text can be mistaken for.
  private struct Bytes: Codable {
    let base64: Data
  }

  init(_ row: Row, columns: [String], without omitted: Set<String>) {
    values = [:]
    for (index, column) in columns.enumerated() where !omitted.contains(column) {
      let value = row.value(Int32(index))
      if value != .null { values[column] = value }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    values = [:]
    for name in container.allKeys {
      let value: SQL.Value =
        if let number = try? container.decode(Int64.self, forKey: name) {
          .integer(number)
        } else if let number = try? container.decode(Double.self, forKey: name) {
          .real(number)
        } else if let text = try? container.decode(String.self, forKey: name) {
          .text(text)
        } else {
          .bytes(Array(try container.decode(Bytes.self, forKey: name).base64))
        }
      values[name.stringValue] = value
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for (column, value) in values {
      let name = Name(stringValue: column)
      switch value {
      case .null: try container.encodeNil(forKey: name)
      case .integer(let number): try container.encode(number, forKey: name)
      case .real(let number): try container.encode(number, forKey: name)
      case .text(let text): try container.encode(text, forKey: name)
      case .bytes(let bytes): try container.encode(Bytes(base64: Data(bytes)), forKey: name)
      }
    }
  }

  /// The line with its end; the members are sorted, so that equal rows are equal lines.
  func line(_ encoder: JSONEncoder) throws -> [UInt8] { Array(try encoder.encode(self)) + [0x0A] }

  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
