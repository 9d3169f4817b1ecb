import SQLite
import Testing

@Suite("Values interpolated into SQL are bound")
struct SQLTests {
  @Test func interpolatedValuesAreBound() {
    let name = "x'; DROP TABLE publication; --"
    let sql: SQL = "SELECT \(name), \(7), \(Int64?.none), \(true)"
    #expect(sql.words == "SELECT ?, ?, ?, ?")
    #expect(sql.values == [.text(name), .integer(7), .null, .integer(1)])
  }

  @Test func partsKeepTheirValuesInOrder() {
    let year: SQL = "year = \(2010)"
    let sql: SQL = "SELECT \("a") WHERE \(year) AND type IN \(SQL.list(["report", "brief"]))"
    #expect(sql.words == "SELECT ? WHERE year = ? AND type IN (?,?)")
    #expect(sql.values == [.text("a"), .integer(2010), .text("report"), .text("brief")])
  }

  @Test func conditionsAreJoined() {
    #expect(SQL.all([]).words == "1")
    #expect(SQL.all(["a = \(1)", "b = \(2)"]).words == "a = ? AND b = ?")
    #expect(SQL.all(["a = \(1)", "b = \(2)"]).values == [.integer(1), .integer(2)])
  }

  @Test(
    arguments: [
      .null, .integer(.min), .integer(.max), .real(0.5), .text(""), .text("a\0b"), .text("文 é 🌍"),
      .bytes([]), .bytes([0, 255]),
    ] as [SQL.Value])
  func aValueComesBackAsItWasBound(_ value: SQL.Value) throws {
    let connection = try Connection(path: ":memory:", access: .writing)
    let back = try connection.row("SELECT \(Bound(bound: value))") { row -> SQL.Value in
      switch value {
      case .null: row.isNull(0) ? .null : .integer(0)
      case .integer: .integer(row.integer(0))
      case .real: .real(row.real(0))
      case .text: row.isNull(0) ? .null : .text(row.text(0))
      case .bytes: row.isNull(0) ? .null : .bytes(row.bytes(0))
      }
    }
    #expect(back == value)
  }

  private struct Bound: Bindable {
    let bound: SQL.Value
  }
}
