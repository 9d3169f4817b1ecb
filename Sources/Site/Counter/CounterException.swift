import HTTP
import Markup

/// What a report cannot say, or why there is none (COUNTER Code of Practice 5.1, appendix D).
struct CounterException: Error, Equatable {
  enum Kind: Int {
    case insufficientInformation = 1030
    case notAuthorized = 2010
    case invalidKey = 2020
    case invalidDates = 3020
    case noUsage = 3030
    case notReady = 3031
    case noLongerAvailable = 3032
    case unknownParameter = 3050
    case invalidFilter = 3060
    case invalidAttribute = 3062
    case noComponents = 3063

    /// The message, which the code of practice prescribes to the letter.
    var message: String {
      switch self {
      case .insufficientInformation: "Insufficient Information to Process Request"
      case .notAuthorized: "Requestor is Not Authorized to Access Usage for Institution"
      case .invalidKey: "APIKey Invalid"
      case .invalidDates: "Invalid Date Arguments"
      case .noUsage: "No Usage Available for Requested Dates"
      case .notReady: "Usage Not Ready for Requested Dates"
      case .noLongerAvailable: "Usage No Longer Available for Requested Dates"
      case .unknownParameter: "Parameter Not Recognized in this Context"
      case .invalidFilter: "Invalid ReportFilter Value"
      case .invalidAttribute: "Invalid ReportAttribute Value"
      case .noComponents: "Components Not Supported"
      }
    }

    /// The status of a response without a report.
    var status: Status {
      switch self {
      case .insufficientInformation, .invalidDates: .badRequest
      case .notAuthorized: .forbidden
      case .invalidKey: .unauthorized
      case .noUsage, .notReady, .noLongerAvailable, .unknownParameter, .invalidFilter,
        .invalidAttribute, .noComponents:
        .ok
      }
    }
  }

  let kind: Kind
  /// What it is about.
  var data: String?

  init(_ kind: Kind, _ data: String? = nil) {
    self.kind = kind
    self.data = data
  }

  var json: JSON {
    [
      "Code": .integer(kind.rawValue), "Message": .text(kind.message),
      "Data": data.map(JSON.text),
    ]
  }

  /// As the header of a tabular report has it.
  var text: String { "\(kind.rawValue): \(kind.message)" + (data.map { " (\($0))" } ?? "") }
}
