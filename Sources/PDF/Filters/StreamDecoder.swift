// ISO 32000-1 §7.4: filters.

internal import Compression

/// The data decoded from a stream.
struct Decoded {
  var bytes: [UInt8]
  /// What was wrong with the data, if anything.
  var defect: Flaw?

  enum Flaw: Equatable {
    case damaged
    /// Everything could be decoded, but the checksum does not match.
    case wrongChecksum
    case tooLarge
    /// The filter produces an image, which has no text.
    case image
    case unknownFilter(String)
  }
}

/// Applies the filters of a stream in order.
struct StreamDecoder {
  /// The most bytes that any filter may produce.
  let limit: Int

  /// A filter and its parameters without references.
  struct Step {
    var filter: String
    var parameters: [String: Object]
  }

  func decode(_ encoded: [UInt8], steps: [Step]) -> Decoded {
    var result = Decoded(bytes: encoded, defect: nil)
    for step in steps {
      let next = apply(step, to: result.bytes)
      result.bytes = next.bytes
      // The first flaw causes the following ones.
      result.defect = result.defect ?? next.defect
      switch next.defect {
      case nil, .damaged, .wrongChecksum: break
      case .tooLarge, .image, .unknownFilter: return result
      }
    }
    return result
  }

  private func apply(_ step: Step, to bytes: [UInt8]) -> Decoded {
    switch step.filter {
    case "FlateDecode", "Fl":
      let inflated = Inflated(salvaging: bytes.span, limit: limit)
      return predicted(
        Decoded(bytes: inflated.bytes, defect: flaw(inflated.error)), step.parameters)
    case "LZWDecode", "LZW":
      let early = step.parameters["EarlyChange"]?.integer != 0
      return predicted(LZW.decode(bytes, earlyChange: early, limit: limit), step.parameters)
    case "ASCIIHexDecode", "AHx": return decodeASCIIHex(bytes)
    case "ASCII85Decode", "A85": return decodeASCII85(bytes, limit: limit)
    case "RunLengthDecode", "RL": return decodeRunLength(bytes, limit: limit)
    case "Crypt": return Decoded(bytes: bytes, defect: nil)
    case "DCTDecode", "DCT", "CCITTFaxDecode", "CCF", "JBIG2Decode", "JPXDecode":
      return Decoded(bytes: [], defect: .image)
    default: return Decoded(bytes: [], defect: .unknownFilter(step.filter))
    }
  }

  private func flaw(_ error: InflateError?) -> Decoded.Flaw? {
    switch error {
    case nil: nil
    case .wrongChecksum: .wrongChecksum
    case .exceedsLimit: .tooLarge
    case .damaged, .truncated, .noMemory: .damaged
    }
  }

  private func predicted(_ decoded: Decoded, _ parameters: [String: Object]) -> Decoded {
    guard let predictor = Predictor(parameters) else { return decoded }
    return Decoded(bytes: predictor.undo(decoded.bytes), defect: decoded.defect)
  }
}
