@main
struct Offprint {
  static func main() {
    print("offprint")
  }
}
