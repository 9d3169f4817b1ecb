/// The phrases of the site by name; the file of each language has the words.
///
/// The comment above a case names its parameters `{1}`, `{2}` and so on.
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
  case latestPublications, recentlyAdded, featured, topics, browseArchive, more
  case nothingPublished, whatToDoNext, stepAdministrator, stepUpload, stepUploadLink, stepName

  // The mailing list.
  case subscribeHeading, subscribeSentence, emailAddress, subscribe, leaveEmpty, subscribeHint
  case subscribeDescription, emailMissing
  /// What was typed.
  case emailInvalid
  case checkEmail, checkEmailText, checkEmailSpam
  case confirmHeading, confirmButton
  /// The site's name.
  case confirmText
  /// What is followed.
  case followHeading
  case followSentence, followAllInstead, alreadySubscribed, howOften, frequencyAtOnce
  case frequencyWeekly, frequencyMonthly, checkEmailLink, newLinkHeading, newLinkText, sendLink
  /// The link.
  case unsubscribeLess
  case sendLinkInstead
  case followByEmail, subscribed, subscribedText, readPublished, notYourWish, endSubscription
  case linkExpired, linkExpiredText
  /// The site's name.
  case unsubscribeText
  case unsubscribeHeading, unsubscribed
  /// The site's name.
  case unsubscribedText

  // The settings of a subscriber.
  case settingsHeading
  /// The address.
  case settingsOf
  case youFollow, unfollow, followMore, languageOfMessages, yourData, yourDataText, downloadData
  case unsubscribeFromAll, eraseData, settingsPending, settingsUnsubscribed, settingsSuspended
  case eraseHeading
  /// The address.
  case eraseText
  case backToSettings, erased, erasedText, settingsGone, settingsGoneText, settingsUnknown
  case settingsUnknownText, noticeUnfollowed

  // Email messages.
  /// The site's name.
  case mailSubjectConfirm, mailSomebodyAsked, mailSubjectPreferences
  /// The words of the button.
  case mailToConfirm
  case mailConfirmIgnore, mailPreferences, mailPreferencesIgnore
  /// The first title, how many more.
  case digestSubject
  /// The site's name.
  case digestAtOnce, digestWeekly, digestMonthly, correctionHeading
  /// The title.
  case correctionSubject
  case followAll
  /// The words.
  case followSearchFor
  /// What is followed.
  case because
  /// How many publications.
  case digestSeeAll
  /// The site's name.
  case digestReason
  case viewInBrowser, changeSettings

  // A publication.
  case abstract, noAbstract, aboutPublication, downloadPDF, viewPDF, readText, editPublication
  /// How many more authors.
  case moreAuthors
  case type, series, number, topic, language, pdf, licence, year, author, authors
  /// The title.
  case pdfOf
  case publicationItself
  /// The link that downloads the PDF.
  case noPDFSupport
  case cite, copyCitation, copied, citationFiles, related, earlierVersions
  /// The date.
  case replacedOn
  case correction
  case usage
  /// How many, in words; and how many.
  case usageChart
  case month, views, downloads
  case withdrawn, withdrawnText
  case unpublished, unpublishedText
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
  case searchTips
  /// An example of a query, of three for fields.
  case tipPhrase, tipExclusion, tipFields, tipYears, tipBeginning
  case tipIdentifiers
  /// What was typed, what was searched for.
  case searchedInstead
  /// What it may have been.
  case didYouMean
  /// The phrase.
  case phraseNotFound
  case searchNotReady
  /// How many publications the index has, and how many there are.
  case searchNotReadyText
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

  // Errors.
  /// The code.
  case errorCode
  /// The request's name.
  case requestName
  case notFound, notFoundText, browseAllLink, notAllowed, notAllowedText, tooLarge, tooLargeText
  case badRequest, badRequestText, forbidden, forbiddenText, tooMany, tooManyText
  case noSpace, noSpaceText, unsupported, unsupportedText, gone, goneText
  case unavailable, unavailableText, failed, failedText
  case pdfDamaged, pdfDamagedText, damagedFiles, damagedFilesText

  // The types of publications.
  case typeReport, typePolicyPaper, typeWorkingPaper, typeBrief, typeArticle, typeBook
  case typeChapter, typeProceedings, typeThesis, typeDataset, typeOther

  // Staff: the frame.
  case dashboard, upload, statistics, searches, subscribers, auditLog, signIn, signOut
  /// The date, the time.
  case moment
  case kibibytes, mebibytes, gibibytes

  // Staff: the menu.
  case readers, administration

  // Staff: signing in.
  case name, password, signInRefused
  /// How long.
  case signInWait
  case createAccountHeading
  /// The site's name.
  case createAccountText
  case passwordHint, createAccount, nameUnusable
  /// The name.
  case nameTaken
  case passwordTooShort, passwordTooLong, passwordGuessable, passwordUnusable, setUpExpired
  /// The link to sign in.
  case setUpExpiredText
  case signInLink, signedOutHeading
  /// The link to sign in.
  case signedOutText
  case signInToGoOn

  // Staff: what has been done.
  case noticeDeposited, noticeSaved, noticePublished, noticeWithdrawn, noticeReplaced, noticeWelcome
  case noticeSignedOut, noticeReadAgain, noticeResumed, noticeUnsubscribed, noticeSuspended
  case noticeDeleted, noticeDeletedDraft

  // Staff: the dashboard.
  case uploadHeading, findPublications, status, all, statusDraft, statusReview, statusScheduled
  case statusPublished, statusWithdrawn
  /// How many messages.
  case inOutbox
  case nothingHere, dashboardEmpty
  /// The moment.
  case uploadedAt
  case noPDF
  /// The size.
  case pdfWaiting
  /// Pages and size.
  case pdfRead
  /// The size, the reason.
  case pdfUnreadable

  // Staff: the form of a publication.
  /// The title.
  case editTitle
  case pageForReaders
  /// The reason.
  case withdrawnBecause
  case replacePDF
  /// The most a file may have.
  case fileHint
  case blankHint, title, subtitle, publishedField, issn, doi, source, publicFrom, address
  case authorsHint, publishedHint, typeHint, abstractHint, topicsHint, seriesHint, numberHint
  case issnHint, languageHint
  case doiHint, licenceHint, statusHint, publicFromHint, newAddressHint, addressHint, saveRecord
  case backToDashboard, showToReaders, featureOnHome, correctionHint, savePresentation, withdraw
  case withdrawText
  case withdrawReason, withdrawThis, publishAgain, notSaved, choosePDFAgain, formTooOld
  case fileKept, sameFile, sameFileText, sameFileAnyway
  case changedMeanwhile
  /// Who, when.
  case changedMeanwhileText
  case emptyValue
  case publishNow, publishAnyway, deleteDraft, deleteDraftHeading
  /// The reason.
  case fileWarning
  /// The title.
  case deleteDraftText

  // Staff: what is wrong with a field.
  /// The field.
  case fieldMissing
  /// The field, its size, the most.
  case fieldTooLong
  /// The field, the most.
  case fieldTooMany
  /// The field.
  case fieldNotOffered
  /// The field.
  case fieldNotDate
  /// The field.
  case fieldNotTime
  /// The field, what was typed.
  case fieldNotLanguage
  /// The field, what was typed.
  case fieldNotDOI
  /// The field, what was typed.
  case fieldNotISSN
  /// The field, what was typed.
  case fieldNotORCID
  /// The field.
  case fieldNotSlug
  /// The field.
  case fieldSlugTaken
  /// The field.
  case fieldNotForAuthors
  /// The field.
  case fieldPast
  /// Why it cannot be shown.
  case fileNotShowable
  /// The field, its size, the most.
  case fieldFileTooLarge
  /// The field.
  case fileMissing
  /// What it is.
  case fileNotPDF
  case fileIsEmpty, fileIsArchive, fileIsOldOffice, fileIsPNG, fileIsJPEG, fileIsPostScript
  case fileIsRichText, fileIsWebPage, fileIsUnknown, uploadTooLarge
  /// The most a file may have.
  case uploadTooLargeText
  /// The setting's name.
  case uploadTooLargeAdvice

  // Staff: text extraction.
  case extractionHeading, refresh, beingExtracted, waitingForExtraction, extractionFailed
  case extractionText
  /// How many.
  case countRead
  /// How many.
  case countRunning
  /// How many.
  case countWaiting
  /// How many.
  case countOutdated
  /// How many.
  case countFailed
  case earlierFile, readItAgain
  /// The link to the page.
  case stillReading
  case refreshLink

  // Staff: statistics.
  case from, to, show
  /// How many views, how many readings.
  case usesInAll
  case downloadCSV, byMonth
  case publicationColumn, fullText, uniqueViews, uniqueFullText, howCounted
  /// How many.
  case howCountedText

  // Staff: searches.
  case searchesText, withoutResults, searchesWithoutResults, mostFrequentHeading
  case mostFrequentSearches, none, query, results, slowest
  case opened, averagePosition, resultClicksText

  // Staff: subscribers.
  case subscribersText, statePending, stateConfirmed, stateUnsubscribed, stateSuspended
  case partOfAddress, state, unsubscribe, suspend, delete
  /// What is done, the address.
  case doTo
  /// The day.
  case askedOn
  /// The day.
  case confirmedOn
  case pagesOfSubscribers, noSubscribers
  /// How many, the words.
  case foundSubscribers
  /// How many.
  case firstSubscribers
  case subscribersCSV, deleteHeading
  /// The address.
  case deleteText
  case backToSubscribers
  case importSubscribers, importText, importColumns, csvFile, importButton, importNoFile
  case importTooLarge
  /// How many subscribers, how many.
  case imported
  /// Its number.
  case importLine
  /// How many.
  case firstErrors
  /// Their names.
  case unusedColumns
  /// Its name.
  case importMissingColumn
  /// The column.
  case importMissingValue
  /// The column, what was found.
  case importBadValue
  case importSuppressed, importUnterminated

  // Staff: mailing.
  case mailing, mailRunning, mailPaused, pauseMailing, resumeMailing
  /// The folder, the name of the setting.
  case mailNoProgram
  /// The path, the name of the setting.
  case mailNotExecutable
  /// The moment.
  case mailLastError
  /// The moment.
  case waitingSince
  /// How many.
  case messagesAccepted
  /// How many.
  case messagesFailed
  case nextDigest
  /// The moment.
  case nextDue
  case nothingToAnnounce
  /// How many publications.
  case digestHas
  case subjectLine, previewOfMessage, plainText, testAddress, sendTest
  /// The subject.
  case testSubject
  case mailingHistory, nothingSentYet, sentAt, recipients, accepted, deferred, failedMessages
  case bounced, unsubscribedBecause, subscriberGrowth, joined, left, noticeMailingPaused
  case noticeMailingResumed, noticeTestSent, tellSubscribers, tellSubscribersText, tellNote
  case sendCorrection, tellNoteMissing, noticeTold, noticeNobodyTold

  // Staff: the upload.
  case uploadPDFs, fillInForm, recentUploads, recentUploadsHint, choosePDFs
  /// The largest size.
  case choosePDFsHint
  /// How much arrived, the whole size.
  case uploadStopped
  case uploadDraftMade, uploadDraftDeleted, uploadSameFile, uploadBeingRead
  /// The name of the file.
  case uploadCancelFile
  case cancel, uploadDrop, uploadWaiting, uploadPaused, uploadOffline, uploadUnreadable
  case uploadSignedOut, uploadPause, uploadResume, uploadRetry, uploadPauseAll, uploadResumeAll
  /// The name of the file.
  case uploadAttached
  /// How much, of how much.
  case uploadProgress
  /// How many, of how many.
  case uploadSummary
  case uploadSameHidden, uploadGone, uploadBusy, uploadsTooMany, uploadFormTooOld
  case noticeNoFileChosen
  case noticeUploadCancelled, extractionDone

  // Staff: drafts and duplicates.
  case sameWork, compare
  /// The title of the other one.
  case compareWith
  case sameWorkFile, sameWorkDOI, sameWorkTitle
  /// The percentage.
  case sameWorkText
  case duplicatesHeading, noDuplicates, duplicatesText, possiblySameAs, compareHeading, differs
  case openPDF
  /// The title.
  case openPDFOf
  case newVersion
  /// The title of the publication.
  case newVersionText
  case versionNote, versionNoteHint, versionNoteMissing, makeVersion, differentWorks
  case differentWorksText, notTheSame, noticeToldApart, noticeMadeVersion, didDistinguish
  case possibleDuplicateHint

  // Staff: the editor.
  case required, addPDF, saveDraft, saveChanges, preview, previewText, previewCard
  case previewCardText, backToRecord, readyToPublish, neededToPublish, recommended, checkTitle
  case checkDate, checkFile, checkShowable, checkText, checkAuthors, checkAbstract, checkTopics
  case checkLanguage, foundOnFirstPages, foundInProperties, almostCertain, fairlySure, probably
  case unsure, useThis, undoRepairs, draftNotKept, discardTyped, checkAndSave, chooseBelow
  case chooseHeading, mine, moreTools, changeAddress, history, undoPublishing, fileNote
  case fileNoteHint, currentFile, restoreFile, earlierPDF, featuredHeading, featuredOrder
  case nothingFeatured, moveUp, moveDown, removeFromHome, noticeFilledIn, noticeMerged
  case noticeUndone, noticeTooLateToUndo, noticeRenamed, noticeRestored
  /// page {1}
  case foundOnPage
  /// {1} and the properties of the file
  case foundInBoth
  /// From {1}, {2}.
  case filledFrom
  /// Found in {1}, {2}:
  case suggestedFrom
  /// and {1} more
  case moreRepairs
  /// What you typed was kept at {1}.
  case draftKept
  /// The moment.
  case unsavedForm
  /// The fields.
  case mergedFields
  /// The status is now “{1}”.
  case statusNow
  /// From {1}
  case theirs
  /// The time until which it can be undone.
  case undoText
  /// Make the file replaced on {1} the current file again
  case restoreFileOf
  /// How many the home page shows.
  case featuredText

  // Staff: review and schedule.
  case sendForReview, sendBack, takeBack, schedule, scheduleThis, changeTime, cancelSchedule
  case reviewAndComments, comment, commentHint, assignee, nobody, answerBelow, scheduleHeading
  case nothingScheduled, noticeSentForReview, noticeSentBack, noticeScheduled
  case noticeScheduleChanged, noticeScheduleCancelled, noticeNotScheduled
  /// Becomes public on {1}
  case becomesPublic
  /// Assigned to {1}
  case assignedTo
  /// The time zone.
  case scheduleText

  // Staff: lists, and their pages for readers.
  case controlledLists, licences, organization, person
  /// The other names.
  case alsoKnownAs
  /// The name, the site's name.
  case entryOnSite
  case findInList, sortName, sortUses, unusedOnly, noEntries, otherNames, uses
  case addEntry, addEntryHeading, addEntryHint, entryName, entryKind
  /// What the name suggests.
  case kindByName
  case orcidField, issnField, licenceAddress, otherNamesHint, entryDescription
  case entryDescriptionHint, entryPage, entryPublications
  case backToList, backToEntry
  case possibleDuplicates, similarNamesText, noSimilarNames, differentNames
  /// A name, another one.
  case compareNames
  case mergeHeading, mergeInto, mergeIntoHint, mergeFound
  /// What was typed.
  case mergeUnknown
  /// The name that goes, the name that stays.
  case mergeTitle
  case mergeText
  /// How many publications change.
  case mergeButton
  case mergeOther, mergeGoes, mergeStays
  /// The old name.
  case changeHeading
  /// How many publications, the new name.
  case changeText
  /// How many publications.
  case changeButton
  case deleteEntry, entryNotUsed
  case entryNameMissing
  /// The limit.
  case entryTooLong
  /// The name, the entry that has it.
  case entryTaken
  /// What was typed.
  case entryNotAddress
  case noticeEntryAdded, noticeNamesMerged, noticeEntryDeleted, noticeKeptApart
  case didAddEntry, didEditEntry, didRenameEntry, didMergeEntries, didDeleteEntry
  case types, typesText, typeUsual, typeLabel
  /// The type.
  case typeLabelOf
  case typeHidden
  /// The type.
  case typeHide
  /// The type.
  case typeDelete
  case typeDeleteColumn, addTypeHeading, typeBase, typeBaseHint
  /// The limit.
  case typesTooMany
  /// The type.
  case typeBasedOn
  /// The alias.
  case suggestionAlias
  /// How many.
  case suggestionsFound

  // Staff: accounts.
  case accounts, accountsText, role, lastSignIn, never, twoStep, turnedOn, turnedOff
  case disabledAccount, inviteHeading, inviteText, suggestedName, createInvitation
  case openInvitations, invitationFor, newPasswordFor, invitedBy, expires, noNameSuggested
  case revoke, invitationReady, passwordLinkReady, copyLinkText, copyLink, sendByEmail
  case invitationMailSubject, invitationMailBody, passwordMailSubject, passwordMailBody
  case backToAccounts, accountCreated, lastSignInAt, twoStepIs, saveRole, accessHeading
  case makePasswordLink, passwordLinkText, resetTwoStep, resetTwoStepText, endSessions
  case endSessionsText, disableAccount, disableAccountText, enableAccount, enableAccountText
  case deleteAccount, deleteAccountText, deleteAccountSure, backToAccount, lastAdministrator
  case enableFirst, allActionsOf, ownAccount, previousSignIn, twoStepOn, twoStepOff
  case setUpTwoStep, manageTwoStep, changePassword, presentPassword, presentPasswordWrong
  case newPassword, changePasswordHint, sessionsHeading, browser, network, began, lastUsed
  case unknownBrowser, thisSession, endSession, endOtherSessions, recentActivity
  case recentActivityText, whenShort, details, twoStepText, twoStepRequired, twoStepInstall
  case twoStepScan, qrCodeLabel, twoStepKey, copyKey, twoStepConfirm, turnOn, setUpCodeWrong
  case backToOwnAccount, twoStepStaysOn, twoStepChange, newRecoveryCodes, turnOffTwoStep
  case noticeTwoStepOn, recoveryCodesHeading, recoveryCodesText, copyCodes, codesAreSaved
  case codeHeading, codeText, code, codeHint, codeRefused, signInExpired, signInAgain
  case setPasswordHeading, setPasswordText, savePassword, noticePasswordChanged
  case noticeSessionsEnded, noticeSecondFactorOff, noticeInvitationRevoked, noticeRoleSaved
  case noticeAccountDisabled, noticeAccountEnabled, noticeAccountDeleted

  // Staff: the list of publications.
  case deskList, deskSearchHint, deskMoreFilters, deskApplyFilters, deskAny, deskText
  case deskTextWaiting, deskTextRead, deskTextUnreadable, deskTextEmpty, deskFromYear, deskToYear
  case deskChangedSince, deskMissing, deskSortBy, deskPageSize, deskSortChanged
  case deskSortUnchanged, deskSortTitle, deskSortTitleBack, deskSortNewest, deskSortOldest
  case deskSortStatus, deskSortStatusBack, deskSortAdded, deskSortAddedBack
  /// The name of a filter or field, its value.
  case deskActive
  case deskActiveFilters
  /// The filter.
  case deskRemoveFilter
  case deskRemoveFilters, deskNoMatch, deskDate, deskChanged
  /// The title.
  case deskTick
  case deskTickPage, deskEditTicked
  /// How many.
  case deskEditAll
  /// How many.
  case deskTicked
  /// How many.
  case deskTickedElsewhere

  // Staff: bulk changes.
  case bulkEdit, bulkEdits, bulkEditsText, bulkNone
  /// Its slug.
  case bulkOfPublication
  case bulkHeading
  /// How many publications.
  case bulkSelected
  case bulkChooseOthers, bulkNothingSelected, bulkChange, bulkChoose, bulkChooseChange, bulkValue
  case bulkValueHint, bulkReplacement, bulkType, bulkPreview, bulkPreviewed, bulkSet, bulkClear
  case bulkAdd, bulkRemove, bulkReplace, bulkReview, bulkPublish, bulkWithdraw
  /// The field, the value.
  case bulkDoesSet
  /// The field.
  case bulkDoesClear
  /// The field, the value.
  case bulkDoesAdd
  /// The field, the value.
  case bulkDoesRemove
  /// The field, the text, what replaces it.
  case bulkDoesReplace
  /// How many publications.
  case bulkWillChange
  /// How many publications.
  case bulkCannot
  /// How many publications.
  case bulkUnchanged
  /// How many publications.
  case bulkApply
  case bulkUndoHint
  /// How many publications, who, when.
  case bulkChangedBy
  /// How many publications.
  case bulkSkipped
  /// How many publications, who, when.
  case bulkUndoneBy
  /// How many publications.
  case bulkKept
  case bulkUndo
  /// The moment.
  case bulkUndoUntil
  case bulkShow, bulkAll, bulkReason
  /// How many are shown, how many there are.
  case bulkFirst
  case bulkReadyHeading, bulkRefusedHeading, bulkAppliedHeading, bulkSkippedHeading
  case bulkUndoneHeading, bulkKeptHeading, bulkStateUndoable, bulkStateUndone, bulkStateFinal
  case bulkTitleMissing, bulkTooLong, bulkTooMany, bulkInvalid, bulkNoPDF, bulkUnreadablePDF
  case bulkWaitingPDF, bulkUnchecked, bulkIsWithdrawn, bulkNotDraft, bulkNotPublic
  case noticeBulkApplied, noticeBulkUndone, didEditInBulk, didUndoBulkEdit

  // Staff: importing a catalogue.
  case importsHeading, importsText, importsCatalogue, importsCatalogueHint, importsFiles
  case importsFilesHint, importsUpload, importsNoFile, importsSoFar, importsWhen
  /// The encoding.
  case importsConverted
  /// How many PDFs.
  case importsWithFiles
  case importsChecking, importsRunning, importsRefresh, importsFailed
  /// How many.
  case importsAdded
  /// How many.
  case importsNew
  /// How many.
  case importsChanged
  /// How many.
  case importsChange
  /// How many.
  case importsSame
  /// How many.
  case importsWrong
  case importsErrorFile, importsNewAs, importsAsDrafts, importsAsPublished, importsAnnounce
  case importsCheck, importsCheckHint, importsRemove, importsColumns, importsColumn, importsField
  case importsFirstRows, importsOther, importsIgnore, importsORCIDs
  /// How many.
  case importsGoodLines
  /// How many.
  case importsImport
  case importsLine, importsProblem, importsFields
  /// Its name.
  case importsUnknownFormat
  case importsEmpty
  /// The size.
  case importsTooLarge
  /// Its name, why.
  case importsBadZIP
  /// How many.
  case importsWrongLines
  case importsIsRunning, importsStateUploaded, importsStateChecking, importsStateChecked
  case importsStateImporting, importsStateImported, importsStateFailed, importsWrongHeading
  case importsNewHeading, importsChangedHeading, importsSameHeading, didImportCatalogue

  // Staff: redirects.
  case redirects, redirectsText, oldAddress, newAddress, addRedirect, newRedirect, redirectHint
  case redirectTargetHint, noRedirects, brokenRedirects, brokenRedirectsText, redirectNotPublic
  case redirectAdded, redirectDeleted, pagesOfRedirects, allRedirects
  /// The old address.
  case deleteRedirect
  case redirectOldMissing, redirectOldOfSite, redirectOldTaken
  /// What was typed.
  case redirectNewInvalid
  case didAddRedirect, didDeleteRedirect

  // Staff: reports.
  case brokenRedirectHint
  case assignedToYou, recentlyChanged
  case toDo, nothingToDo, draftToCheckHint, publicationInReviewHint
  case failedExtractionHint
  case missingAbstractHint, failedMessageHint, comingNext
  /// How many.
  case moreScheduled
  case systemState, publicNow, textExtraction, allFilesRead, diskSpace, diskFullHint
  /// The size.
  case freeSpace
  case lastBackup, noBackup, backupHint, mailQueue, mailIsPaused
  case lastDays, lastMonths, dayColumn, nothingCountedYet
  /// The first month, the last month.
  case monthsToMonths
  case period, thisYear, lastYear, allTime, monthExample
  case tableBy, byPublication, topicColumn, authorColumn
  /// How many.
  case firstRows
  case counterReports, counterReportsText, titleReport, itemReport
  case fileReports, fileReportsText, problem, problems, fileSize, noFileProblems, fileProblems
  case noTextLayer, noTextLayerAdvice, passwordNeeded, passwordNeededAdvice, overFiveMegabytes
  case overFiveMegabytesAdvice, notTagged, notTaggedAdvice, noLanguage, noLanguageAdvice, noTitle
  case noTitleAdvice

  // Staff: the handbook and shortcuts.
  case handbook, searchHandbook
  /// The words.
  case handbookNothing
  case shortcuts, shortcutsText, useShortcuts, close, shortcutHelp, shortcutSearch

  // Staff: settings.
  case siteSettings, siteSettingsText, siteSettingsFirst, siteName, siteNameHint, tagline
  case taglineHint, institution, institutionHint, accent, accentHint, logo, logoHint
  case removeLogo, imprint, imprintHint, footerLinks, footerLinksHint, defaultLanguage
  case defaultLanguageHint, offeredLanguages, mailOpening, mailOpeningHint, mailClosing
  case mailClosingHint, saveSettings, saveAndUpload, settingMissing, settingNotLinks
  case settingNotOffered, logoNotImage, logoHasEntities
  /// The colour.
  case accentAdjusted
  /// The name of the language.
  case mailTextsIn
  /// Where.
  case setByOperator
  /// Its length, the most.
  case settingTooLong
  /// What was typed.
  case settingNotColor
  /// The most.
  case logoTooLarge
  /// The most pixels.
  case logoUnusablePNG
  /// The line.
  case logoMalformed

  // Staff: the audit log.
  case everything, fromDay, toDay, auditCSV, somebody, unknownName, attemptsFrom, withLink
  case didInvite, didRevokeInvitation, didDisableAccount, didEnableAccount
  case didSignInFromNewPlace, didFailToSignIn, didEnterWrongCodes, didSlowSignIns
  case didEndSessions, didMakePasswordLink, didTurnOnSecondFactor, didTurnOffSecondFactor
  case didUseRecoveryCode, didRenewRecoveryCodes
  case auditText, who, everybody, what, when, subject, theProgram, auditEmpty, pagesOfAudit
  case before, after
  case didSchedule, didRename, didReplace, didCorrect, didDeleteDraft
  case didDeposit, didRevise, didPublish, didWithdraw, didPresent, didAskToRead, didSignIn
  case didMakeAccount, didSetPassword, didSetRole, didRemoveAccount, didAcceptInvitation
  case didConfirmSubscription, didUnsubscribe, didAddSubscriber, didSuspendSubscriber
  case didDeleteSubscriber, didTellSubscribers
  case didChangeSetting, didPauseMailing, didResumeMailing, roleAuthor, roleEditor,
    roleAdministrator
  case didUnpublish, didAssign, didComment, didRestoreFile

  // Suggestions while typing.
  case suggestedPublication
  /// How many publications.
  case suggestedAuthor
  /// How many publications.
  case suggestedTopic

  // Caches before the server.
  case cachesUnreachable, cachesUnreachableText
  // Checks of the PDFs beside the server, on the dashboard.
  case verification
  /// How many PDFs, and when.
  case filesVerified
  case filesNotVerified
  // Related passages.
  case relatedPassages, noRelatedPassages, findRelatedPassages, viewPage
  // Why a result was found.
  /// The words, joined by commas.
  case matchedWords
  /// The word in the text, the word that was searched for.
  case matchedWord
  // Replication.
  case noticeUnconfirmed, noticePublishedUnconfirmed
  case replicationWarning, replicatorSilent, replicatorStuck, replicatorOutdated, replicationBehind
  // Files and versions.
  case copyHash, fileIsCurrent, fileIsSuperseded, fileIsWithdrawn, fileIsNotOurs
  /// The site's name.
  case fileUnknownText
  /// The publication.
  case fileIsCurrentOf
  /// The publication, the date.
  case fileIsSupersededOf
  /// The reason.
  case fileReplacedBecause
  /// The publication.
  case fileIsWithdrawnOf
  case currentPDF, allVersions
  /// The title.
  case versionsTitle
  case oneVersionText, versionsText, currentVersion, whatChanged
  /// The date.
  case versionUntil
  /// The reason.
  case versionReason
  case versionWithoutText, versionTooLong, versionSameText, versionRewritten
  /// The number of pages before, after.
  case versionPages
  /// The characters.
  case versionSubstitutions
  /// The page.
  case changesOnPage
  /// How many.
  case moreChanges

  // Verifying a copy.
  case verifyCopy, verifyHeading, verifyDescription, verifyText, verifyPrivacy, verifyFile
  case verifyButton, verifyCompare, verifyWorking, verifyUnknown, verifyFailed, verifyNoFile
  case verifyBusy, verifyAnother, verifySameText, verifySameTextMeans, verifyOtherText
  case verifyOtherTextMeans, verifyTextOnly, verifyDifferences
  /// The site's name.
  case verifyUnreadable
  /// The site's name.
  case verifyNotOurs

  // A copy of the site without a server.
  case searchNeedsScript

  // Synonyms.
  /// The other terms.
  case alsoSearchedFor
  case synonyms, synonymsText, synonymsLines, synonymsHint, synonymsFromSearches, addSynonym
  /// The number of the line.
  case synonymsTooFew
  /// The number of the line, and how many there may be.
  case synonymsTooMany
  /// The number of the line, the term.
  case synonymsNoWord
  /// The number of the line, and the most bytes.
  case synonymsTooLong
  /// The number of the line, the term.
  case synonymsTwice
  /// How many there may be.
  case synonymsTooManyLines
  // Drawn pages.
  case pagesOfDocument, firstPage, lastPage, pageField, goToPage, nearbyPages, linkToPage, citePage
  /// The number of pages.
  case ofPages
  case openInViewer, turnPages
  /// How many.
  case showMorePages
  case pageNotDrawn, pageNotDrawnInstead, drawingUnreadable, drawingTookTooLong, drawingTooLarge
  case drawingCrashed, drawingNotStarted
  case fontReplaced, pageIncomplete, missingPictures, missingPatterns, missingColors, missingFont,
    missingGlyphs
  case missingAnnotations, missingRest, missingDamaged
  case matchesOnPage, match, linkToMatch, linkToSelection
  /// What was looked for.
  case noMarks
}

/// What is counted; each language's file has the words for each of its plural forms, with `{1}` for
/// the number.
enum Counted: String, CaseIterable, Sendable {
  case publication, page, bytes, hit, view, download, otherAuthors
  case minute, message, pdfFile, fullReading, subscriber, auditEntry, moreTitles
  // The dashboard.
  case possibleDuplicate
  case brokenRedirect
  case draftToCheck, publicationInReview, failedExtraction, missingAbstract, failedMessage
  case scheduledPublication, waitingFile, plannedMessage, deferredMessage
  case recoveryCode, failedAttempt
  // The editor.
  case repair
  // Versions.
  case textChange
}
