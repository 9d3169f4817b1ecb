/// What the pages say to readers, by name; each language's file has the words.
///
/// `{1}`, `{2}` and so on in the words stand for what is named beside the case.
enum Phrase: String, CaseIterable, Sendable {
  // The frame of every page.
  case languageName
  case skipToContent, mainNavigation, moreNavigation, languageNavigation
  case publications, browse, mailingList, search, searchAllSiteContent
  case allPublications, atomFeed, staff
  /// The site's name.
  case latestFeed

  // Dates, names and numbers.
  /// The date.
  case published
  /// All names but the last, and the last.
  case namesAnd
  /// The series, the number.
  case seriesNumber
  case kilobytes, megabytes, gigabytes

  // Lists and their pages.
  case pagesOfList, previousPage, nextPage
  /// The number of the page.
  case pageNumber
  /// The number of the page, and of the last.
  case pageOf
  /// A heading, the number of the page.
  case headingPage

  // Home.
  /// How many publications.
  case totalIndex
  case latestPublications, featured, topics, browseArchive, more
  case nothingPublished, whatToDoNext, stepAdministrator, stepUpload, stepUploadLink, stepName

  // The mailing list.
  case subscribeHeading, subscribeSentence, emailAddress, subscribe, leaveEmpty, subscribeHint
  case subscribeDescription, emailMissing
  /// What was typed.
  case emailImplausible
  case lookAtMail, lookAtMailText, lookAtMailSpam
  case confirmHeading, confirmButton
  /// The site's name.
  case confirmText
  case subscribed, subscribedText, readPublished, notYourWish, endSubscription
  case linkExpired, linkExpiredText
  /// The site's name.
  case unsubscribeText
  case unsubscribeHeading, unsubscribed
  /// The site's name.
  case unsubscribedText

  // A publication.
  case abstract, noAbstract, aboutPublication, downloadPDF, readText
  case type, series, number, topic, language, pdf, licence, year, author, authors
  /// The title.
  case pdfOf
  case publicationItself
  /// The link that downloads the PDF.
  case noPDFSupport
  case readOnThisDevice
  case cite, copyCitation, copied, citationFiles, related, earlierVersions
  /// The date.
  case replacedOn
  case correction
  case usage
  /// How many, in words; and how many.
  case usageChart
  case month, views, downloads
  case withdrawn, withdrawnText
  /// The title.
  case withdrawnTitle
  /// The reason.
  case withdrawnReason

  // The reading view.
  /// The title.
  case textOf
  case textIntroduction, contents, textWaiting, textUnreadable
  case findInDocument, find, clearFind
  /// What was looked for.
  case noHits
  /// How many, what was looked for.
  case hitsFor
  /// How many are shown.
  case firstHits
  /// The label of a page.
  case pageLabel
  case openPDFPage, backToPublication, backToText, footnotes, partsOfText, table
  /// Its mark.
  case footnote
  /// The first page and the last.
  case pagesFromTo

  // Browsing.
  case browseDescription, allDescription, byYear, byTopic, byType, byLanguage, byAuthor
  /// How many.
  case mostFrequent
  case noneFits, showAll, whatThereIs, narrowList, chosen
  /// What is given up.
  case remove
  case removeAll, sortBy, sortDate, sortTitle, timeline, timelineTable
  case authorsAtoZ, letters, otherLetters
  /// The letter.
  case authorsUnder
  case ofType, onTopic, byAuthorNamed, fromYear, inLanguage

  // Searching.
  /// What is searched for.
  case searchFor
  /// The sign that leaves out; the names of three fields; a choice of years.
  case searchHints
  /// What was typed, what was searched for.
  case searchedInstead
  /// What it may have been.
  case didYouMean
  case resultsPartial, sortRelevance, sortNewest, sortOldest, pagesOfResults, narrowResults
  case noResultsHere, backToFirst, nothingFound
  /// What was searched for.
  case nothingFoundFor
  case searchEverywhere
  /// The link that leads to browsing.
  case tryOtherWords
  case save, resultsAs
  /// How many.
  case firstResultsAs
  case followSearch

  // Errors.
  /// The code.
  case errorCode
  /// The request's name.
  case requestName
  case notFound, notFoundText, leafThrough, notAllowed, notAllowedText, tooLarge, tooLargeText
  case badRequest, badRequestText, forbidden, forbiddenText, tooMany, tooManyText
  case noSpace, noSpaceText, unsupported, unsupportedText, gone, goneText
  case unavailable, unavailableText, failed, failedText

  // The types of publications.
  case typeReport, typePolicyPaper, typeWorkingPaper, typeBrief, typeArticle, typeBook
  case typeChapter, typeProceedings, typeThesis, typeDataset, typeOther
}

/// What is counted; each language's file has the words for each of its plural forms, with `{1}` for
/// the number.
enum Counted: String, CaseIterable, Sendable {
  case publication, page, bytes, hit, view, download, otherAuthors
}
