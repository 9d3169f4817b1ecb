import Testing

/// What staff do, done as they do it: page by page and form by form.
struct Desk {
  let visitor: Visitor

  static let name = "hana"
  static let password = "a long and quiet password 7"

  /// Makes an administrator in a folder that no server uses.
  static func makeAdministrator(in folder: Folder) throws {
    let program = try Program(
      ["user", "add", name, "--role", "administrator", "--data", folder.path],
      input: password + "\n")
    let status = try program.exitStatus()
    try #require(status == 0, "\(program.errorText)")
  }

  /// A server with an administrator, signed in.
  static func open(
    _ arguments: [String] = [], environment: [String: String] = [:], wrapper: [String] = []
  ) throws -> Desk {
    let folder = try Folder()
    try makeAdministrator(in: folder)
    return try Desk(
      signingInAt: ServerProcess(
        folder, arguments, environment: environment, wrapper: wrapper))
  }

  init(signingInAt server: ServerProcess) throws {
    visitor = Visitor(server)
    let answer = try signIn(password: Desk.password)
    try #require(answer.status == 303, "\(Page(source: answer.text).words)")
  }

  /// A desk at which no one has signed in yet.
  init(at server: ServerProcess) { visitor = Visitor(server) }

  func signIn(name: String = Desk.name, password: String) throws -> Answer {
    let page = try visitor.page("/staff/sign-in")
    let form = try #require(page.form(with: "password"), "\(page.words)")
    return try visitor.submit(form.filled(["name": name, "password": password]))
  }

  /// Uploads a PDF with the fields of the deposit form.
  ///
  /// - Returns: The answer to the form: 303 to the publication when it was taken.
  func deposit(_ values: [String: String], file: [UInt8], name: String = "paper.pdf") throws
    -> Answer
  {
    let page = try visitor.page("/staff/upload/form")
    let form = try #require(page.forms.first { !$0.fileFields.isEmpty }, "\(page.words)")
    return try visitor.submit(
      form.filled(values),
      files: [Attachment(field: form.fileFields[0], name: name, octets: file)])
  }

  /// What the deposit form holds for a publication that is public at once.
  static func values(_ title: String) -> [String: String] {
    [
      "title": title, "authors": "Mira Koval\nJonas Lindqvist", "published": "2024-05-17",
      "abstract": "What ports along the northern route expect of the next decade.",
      "topics": "Shipping; Arctic", "type": "report", "status": "published",
    ]
  }
}
