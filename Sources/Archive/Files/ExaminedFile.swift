/// What a PDF is known by, found without taking it into the archive.
package struct ExaminedFile: Sendable, Equatable {
  /// 64 lower-case hexadecimal digits.
  package let sha256: String

  /// Hashes a file.
  ///
  /// - Throws: ``DepositError``: `notPDF` for a file that is no PDF.
  package init(_ file: IncomingFile) throws(DepositError) {
    do {
      sha256 = try FileStore.examine(file.path).sha256
    } catch {
      throw DepositError(error)
    }
  }
}
