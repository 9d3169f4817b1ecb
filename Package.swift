// swift-tools-version: 6.2

import PackageDescription

/// Whether to build the fuzzing programs, and everything with sanitizers.
///
/// `OFFPRINT_FUZZ=1 swift build -c release --scratch-path .build-fuzz --product FuzzHTTP`. The code
/// under test is in targets of its own, since the tests replay what was found.
let isFuzzing = Context.environment["OFFPRINT_FUZZ"] != nil
let sanitizers = ["-sanitize=fuzzer,address"]

/// The settings of every target: unsafe code is marked, warnings are errors, and a public signature
/// imports the modules it needs.
let strict: [SwiftSetting] =
  (isFuzzing ? [.unsafeFlags(sanitizers)] : []) + [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

/// Tests use the same language without the marks for unsafe code, which test macros expand to.
let strictTests: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + more, swiftSettings: strictTests)
}

let package = Package(
  name: "offprint",
  products: [
    .executable(name: "offprint", targets: ["offprint"])
  ],
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLinux"),

    library("Compression", ["CZlib"]),
    library("Digests"),
    library("SQLite", ["CSQLite"]),
    library("Markup"),
    library("HTTP"),
    library("System", ["CLinux"]),
    library("HTTPServer", ["HTTP", "System"]),
    library("PDF", ["Compression", "Digests"]),
    library("Drawing", ["PDF", "Compression", "Markup"]),
    library("TextRepair"),
    library("Search"),
    library("Archive", ["Compression", "Digests", "SQLite", "Search", "System", "TextRepair"]),
    library(
      "Site",
      ["Archive", "Compression", "Digests", "HTTP", "HTTPServer", "Markup", "Search", "System"]),
    .executableTarget(
      name: "offprint",
      dependencies: [
        "Archive", "Compression", "Drawing", "HTTP", "HTTPServer", "Markup", "PDF", "Search",
        "Site",
        "System", "TextRepair",
      ],
      swiftSettings: strict),

    tests(of: "Compression"),
    tests(of: "Digests"),
    tests(of: "SQLite"),
    tests(of: "Markup"),
    tests(of: "HTTP"),
    tests(of: "System"),
    tests(of: "HTTPServer", ["HTTP", "System"]),
    .target(
      name: "PDFSubjects", dependencies: ["PDF"], path: "Tests/FuzzPDF/Subjects",
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
    tests(of: "PDF", ["Compression", "PDFSubjects", "TestSupport"]),
    .target(
      name: "DrawingSubjects", dependencies: ["Drawing", "PDF"],
      path: "Tests/FuzzDrawing/Subjects", swiftSettings: strict),
    tests(of: "Drawing", ["Compression", "DrawingSubjects", "PDF", "TestSupport"]),
    tests(of: "TextRepair"),
    .target(
      name: "SearchSubjects", dependencies: ["Archive", "Search"],
      path: "Tests/FuzzSearch/Subjects",
      swiftSettings: strict),
    tests(of: "Search"),
    tests(of: "Archive", ["Digests", "Search", "SearchSubjects", "SQLite"]),
    tests(of: "Site", ["Archive", "Digests", "HTTP", "Markup", "Search", "System"]),
    tests(of: "offprint", ["Archive", "HTTP", "HTTPServer", "PDF", "System", "TextRepair"]),
    .testTarget(name: "LayoutTests", swiftSettings: strictTests),
    .target(
      name: "FuzzSubjects", dependencies: ["HTTP"], path: "Tests/FuzzHTTP/Subjects",
      swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Archive", "FuzzSubjects", "HTTP", "HTTPServer", "Site", "System"],
      swiftSettings: strictTests),
    .testTarget(
      name: "EndToEndTests", dependencies: ["offprint", "TestSupport"],
      swiftSettings: strictTests),
  ],
  swiftLanguageModes: [.v6]
)

if isFuzzing {
  for (name, subject, path) in [
    ("FuzzHTTP", "FuzzSubjects", "FuzzHTTP/Driver"), ("FuzzPDF", "PDFSubjects", "FuzzPDF/Driver"),
    ("FuzzDrawing", "DrawingSubjects", "FuzzDrawing/Driver"),
    ("FuzzSearch", "SearchSubjects", "FuzzSearch/Driver"),
  ] {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: [.byName(name: subject)], path: "Tests/\(path)",
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
        // gold fails on the sanitizers' sections.
        linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]))
  }
}
