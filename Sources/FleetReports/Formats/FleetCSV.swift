import DeviceReports
import Diagnostics

/// The report as CSV (RFC 4180): one line a device, lines ending with CR LF, safe to open in a spreadsheet.
///
/// Headings and statuses are in the language, rules and remedies are names. Rows of the input that could not be read
/// have no place here.
package struct FleetCSV: FleetRendering {
  private let report: FleetReport
  private let language: ReportLanguage
  private let hasByteOrderMark: Bool

  /// A report in a language.
  ///
  /// - Parameter hasByteOrderMark: Whether it begins with U+FEFF, by which Excel knows that the text is UTF-8.
  package init(_ report: FleetReport, language: ReportLanguage, hasByteOrderMark: Bool = false) {
    self.report = report
    self.language = language
    self.hasByteOrderMark = hasByteOrderMark
  }

  /// Gives the lines, that of the headings first.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    var buffer = PieceBuffer()
    if hasByteOrderMark { buffer.append(byteOrderMark) }
    buffer.append(line(ReportColumn.allCases.map { $0.title[language] }))
    for row in report.rows {
      buffer.append(line(ReportColumn.allCases.map { row.text(in: $0, of: report.policy, language) ?? "" }))
      try buffer.flushIfLarge(take)
    }
    try buffer.flush(take)
  }

  private func line(_ texts: [String]) -> String {
    texts.map { SpreadsheetCell($0).field }.joined(separator: ",") + "\r\n"
  }
}
