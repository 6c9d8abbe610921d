import DeviceReports
import Diagnostics

/// The report as one page of HTML that needs nothing else and opens no connection.
///
/// Its Content-Security-Policy lets the page's own style sheet and script in, by their hashes, and nothing more. All that is from
/// the input or the policy is in a block of JSON, and the script writes it to the page as text. The same report gives the same bytes.
package struct FleetPage: FleetRendering, Sendable {
  private let report: FleetReport
  private let language: ReportLanguage

  /// The page of a report, in a language at first; its reader can switch to the other.
  package init(_ report: FleetReport, language: ReportLanguage) {
    self.report = report
    self.language = language
  }

  /// Gives the page, in UTF-8.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    try take(Array(head.utf8) + PageAsset.style.bytes)
    try take(Array("</style>\n</head>\n\(PageBody(report, language: language).html)".utf8))
    try take(Array("<script type=\"application/json\" id=\"data\">".utf8))
    try take(PageData(report, language: language).bytes())
    try take(Array("</script>\n<script>".utf8) + PageAsset.script.bytes)
    try take(Array("</script>\n</body>\n</html>\n".utf8))
  }

  /// What the page may do: nothing but its own style and script; texts cannot become markup or code.
  static var securityPolicy: String {
    [
      "default-src 'none'", "script-src \(PageAsset.script.source)", "style-src \(PageAsset.style.source)",
      "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
  }

  private var head: String {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.securityPolicy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(htmlEscaped(PageText.title.text[language]))</title>
    <style>
    """
  }
}
