import Typesetting

/// A manuscript long enough for several pages, with what is hard to set in it.
let sample = Manuscript(
  title: "The Tumen Delta: Ports, Pipelines and Fisheries", subtitle: "A border of 17 kilometres",
  authors: ["Åsa Lindqvist", "Minh-Anh Đặng"], institution: "Skeppsbron Institute",
  series: "Policy Paper No. 7", date: "February 25, 2010", issued: "2010-02-25",
  abstract: ["Officials (and fishermen) differ \\ find figures difficult; “sufficient” is a word."],
  sections: [
    .init(
      "Where three countries meet",
      (1...14).map { number in
        .paragraph(
          String(
            repeating:
              "Paragraph \(number) describes a river whose final reach is shallow, fluid and filled "
              + "with silt, so that officials of three states find its traffic difficult to govern. ",
            count: 4))
      }),
    .init("What follows", ["Three things.", .item("First, a ferry."), .item("Second, a rule.")]),
    .init("Conclusion", ["The delta will be dredged."]),
  ], keywords: ["Russia", "Korea"])
