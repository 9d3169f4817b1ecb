import Archive
import HTTP
extension Site {
  func subscribe(_ request: Request) throws -> Response {
    page(pages.subscription(), at: Resource.subscribe.path, request)
  }
  func confirm(_ token: String, _ request: Request) throws -> Response { notFound(request) }
  func unsubscribe(_ token: String, _ request: Request) throws -> Response { notFound(request) }
  func signIn(_ request: Request) throws -> Response { notFound(request) }
  func setUp(_ token: String, _ request: Request) throws -> Response { notFound(request) }
  func staff(_ request: Request, _ resource: Resource) throws -> Response { notFound(request) }
  enum CookieName { case session }
  func cookie(_ name: CookieName, of request: Request) -> String? { nil }
}
enum FormToken { static let field: StaticString = "form-token" }
