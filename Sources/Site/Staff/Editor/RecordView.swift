import Archive

/// What the edit page of a publication, or the form for a new one, shows.
struct RecordView {
  var staff: Pages.StaffBar
  /// Nil for a new one.
  var publication: Publication?
  var form: RecordForm
  /// The form of the record as it is saved.
  var saved = RecordForm()
  /// The values that were found in the file.
  var found: [FoundValue] = []
  /// The abstract as it is printed; nil if nothing was repaired.
  var unrepairedAbstract: String?
  var errors = FieldErrors()
  /// The statuses that this member of staff may set.
  var statuses: [Publication.Status]
  /// Whether this member of staff may publish, withdraw and correct.
  var mayPublish = false
  var mayDelete = false
  /// Featuring and correction; nil if they cannot be changed.
  var presentation: Presentation?
  var review = Review()
  /// The accounts that can check a publication.
  var reviewers: [Account] = []
  /// Until when the publication can be undone; nil if it cannot.
  var undoLimit: Instant?
  /// When the form was typed, if it comes back unsaved.
  var unsaved: Instant?
  /// The text of the first pages of the file.
  var firstPages: [String] = []
  /// Whether a file was sent; browsers do not fill it in again.
  var hadFile = false
  /// The file that was sent, if it is kept for the next try.
  var kept: KeptFile?
  /// Publications with the same file.
  var sharing: [Publication] = []
  /// What keeps some readers from using the file.
  var fileProblems: [FileProblem] = []
  /// Publications that may be the same work.
  var duplicates: [Duplicate] = []
  var notice: Notice?
  /// Why a form without errors was not saved.
  var refusal: Refusal?

  /// A file that is kept for the next try.
  struct KeptFile {
    let token: String
    let name: String
    let octets: Int
  }

  /// Whether the file has to be chosen again.
  var lacksFile: Bool { hadFile && kept == nil }

  enum Refusal {
    /// The form is from an earlier session.
    case formTooOld
    /// The publication has been changed meanwhile.
    case changed(RecordMerge, by: AuditEntry?)
  }

  /// What is missing; nil for a new publication.
  var checklist: Checklist? { publication.map { Checklist(form, of: $0) } }

  /// The value that was found for a field, if the form says something else or was filled with it.
  func found(_ field: FieldError.Field) -> FoundValue? { found.first { $0.field == field } }

  /// Whether the form was refused because its PDF cannot be shown.
  var isUnshowable: Bool {
    if case .notShowable = errors[.file]?.problem { true } else { false }
  }

  /// Whether the page answers a form, so that its address would show another page.
  var isAnswer: Bool { refusal != nil || !errors.problems.isEmpty || !sharing.isEmpty }
}
