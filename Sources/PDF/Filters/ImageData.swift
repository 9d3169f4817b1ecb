// ISO 32000-2 §8.9.5 (image dictionaries), §7.4 (filters that produce images).

/// The data of an image, decoded up to the first filter that produces an image.
package struct ImageData {
  /// How the bytes represent the image.
  package enum Coding {
    /// Packed samples.
    case samples
    /// Packed samples that Flate still compresses, with its decode parameters.
    case deflated([String: Object])
    /// A JPEG file; the value of `ColorTransform`, if given.
    case jpeg(colorTransform: Int?)
    /// CCITT fax data with its decode parameters.
    case fax([String: Object])
    /// A format that is not decoded, with its name.
    case other(String)
  }

  package var bytes: [UInt8]
  package var coding: Coding
}

extension Document {
  /// The data of an image XObject.
  package func imageData(_ stream: Stream) -> ImageData {
    let encoded = security?.decrypted(stream, in: bytes) ?? Array(bytes[stream.data])
    return imageData(encoded, stream.dictionary)
  }

  /// The data of an inline image, which has no encryption of its own (§7.6.2).
  package func imageData(_ image: InlineImage) -> ImageData {
    imageData(image.data, image.dictionary)
  }

  private func imageData(_ encoded: [UInt8], _ dictionary: [String: Object]) -> ImageData {
    let steps = steps(dictionary)
    var last = steps.firstIndex { Self.imageFilters.contains($0.filter) } ?? steps.count
    // The last filter is applied row by row if it can be.
    if last == steps.count, let filter = steps.last?.filter, ["FlateDecode", "Fl"].contains(filter)
    {
      last -= 1
    }
    let decoder = StreamDecoder(
      limit: max(0, min(limits.streamBytes, limits.inflatedBytes - inflatedBytes)))
    let decoded = decoder.decode(encoded, steps: Array(steps[..<last]))
    inflatedBytes += decoded.bytes.count
    if case .unknownFilter(let name)? = decoded.defect {
      return ImageData(bytes: [], coding: .other(name))
    }
    guard last < steps.count else { return ImageData(bytes: decoded.bytes, coding: .samples) }
    let step = steps[last]
    switch step.filter {
    case "FlateDecode", "Fl":
      return ImageData(bytes: decoded.bytes, coding: .deflated(step.parameters))
    case "DCTDecode", "DCT":
      let transform = step.parameters["ColorTransform"]?.integer
      return ImageData(bytes: decoded.bytes, coding: .jpeg(colorTransform: transform))
    case "CCITTFaxDecode", "CCF":
      return ImageData(bytes: decoded.bytes, coding: .fax(step.parameters))
    default: return ImageData(bytes: [], coding: .other(step.filter))
    }
  }

  private static let imageFilters: Set = [
    "DCTDecode", "DCT", "CCITTFaxDecode", "CCF", "JBIG2Decode", "JPXDecode",
  ]
}

/// An inline image (§8.9.7): its dictionary with full keys, and its encoded data.
package struct InlineImage {
  package var dictionary: [String: Object]
  package var data: [UInt8]

  /// The bytes of samples without a filter; nil if they cannot be told.
  var plainLength: Int? {
    guard dictionary["Filter"] == nil, let width = dictionary["Width"]?.integer,
      let height = dictionary["Height"]?.integer, (1...65536).contains(width),
      (1...65536).contains(height)
    else { return nil }
    if case .boolean(true)? = dictionary["ImageMask"] { return (width + 7) / 8 * height }
    let space = dictionary["ColorSpace"]?.name ?? dictionary["ColorSpace"]?.array?.first?.name
    let components: Int
    switch space {
    case "G", "DeviceGray", "I", "Indexed": components = 1
    case "RGB", "DeviceRGB": components = 3
    case "CMYK", "DeviceCMYK": components = 4
    default: return nil
    }
    let bits = min(max(dictionary["BitsPerComponent"]?.integer ?? 8, 1), 16)
    return (width * components * bits + 7) / 8 * height
  }

  /// The full keys by their abbreviations (table 92).
  static let keys: [String: String] = [
    "BPC": "BitsPerComponent", "CS": "ColorSpace", "D": "Decode", "DP": "DecodeParms",
    "F": "Filter", "H": "Height", "IM": "ImageMask", "I": "Interpolate", "W": "Width",
  ]
}
