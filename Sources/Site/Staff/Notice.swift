/// What a page says of what has just been done.
enum Notice: String, CaseIterable {
  case deposited, saved, published, withdrawn, replaced, welcome
  case signedOut = "signed-out"
  case readAgain = "read-again"

  var text: String {
    switch self {
    case .deposited: "Kept. The text of the PDF is being read; that takes a moment."
    case .saved: "Saved."
    case .published: "Published: readers can see it now."
    case .withdrawn: "Withdrawn: readers see a note in its place."
    case .replaced: "The new file is in place."
    case .welcome: "Your account is ready."
    case .signedOut: "You are signed out."
    case .readAgain: "The PDF is read again as soon as there is time for it."
    }
  }
}
