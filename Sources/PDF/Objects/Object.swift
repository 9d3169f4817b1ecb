// ISO 32000-1 §7.3: objects.

/// An object of a file.
package enum Object {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case string([UInt8])
  /// A name without its solidus and with `#xx` decoded (§7.3.5).
  case name(String)
  case array([Object])
  case dictionary([String: Object])
  case stream(Stream)
  case reference(Reference)
}

/// An indirect reference (§7.3.10).
package struct Reference: Hashable {
  package var number: Int
  package var generation: Int

  package init(number: Int, generation: Int) {
    self.number = number
    self.generation = generation
  }
}

/// A stream object (§7.3.8): its dictionary and the location of its encoded data.
package struct Stream {
  package var dictionary: [String: Object]
  /// The encoded data in the file.
  var data: Range<Int>
  /// The reference of the stream, for decryption and defects.
  package var reference: Reference
}

extension Object {
  package var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  package var integer: Int? {
    switch self {
    case .integer(let value): value
    case .real(let value): Int(exactly: value.rounded(.towardZero))
    default: nil
    }
  }

  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  package var name: String? {
    if case .name(let value) = self { return value }
    return nil
  }

  package var string: [UInt8]? {
    if case .string(let value) = self { return value }
    return nil
  }

  package var array: [Object]? {
    if case .array(let value) = self { return value }
    return nil
  }

  /// The dictionary of a dictionary or stream.
  package var dictionary: [String: Object]? {
    switch self {
    case .dictionary(let value): value
    case .stream(let stream): stream.dictionary
    default: nil
    }
  }

  package var stream: Stream? {
    if case .stream(let value) = self { return value }
    return nil
  }

  package var reference: Reference? {
    if case .reference(let value) = self { return value }
    return nil
  }
}
