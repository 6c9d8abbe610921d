/// Shows findings as workflow commands of GitHub Actions, one a line, which become annotations of a pull
/// request.
public struct GitHubRenderer: Sendable {
  private let sources: SourceMap

  /// A renderer for findings in these files.
  public init(_ sources: SourceMap) { self.sources = sources }

  /// `::error file=hello.attpolicy,line=14,col=7,endLine=14,endColumn=93,title=AP2104::message`
  ///
  /// Files that could not be read become errors without a place.
  public func render(_ diagnostics: [Diagnostic], files: [CheckedFile]? = nil) -> String {
    var indexes: [FileID: LineIndex] = [:]
    var text = ""
    for diagnostic in diagnostics + (files ?? []).compactMap(\.problem) {
      text += "::" + Self.command(diagnostic.severity) + " "
      if let primary = diagnostic.primary, let file = sources.file(primary.span.file) {
        let index = indexes[primary.span.file] ?? LineIndex(file)
        indexes[primary.span.file] = index
        let start = index.position(at: Int(primary.span.start))
        let end = index.position(at: Int(primary.span.end))
        text +=
          "file=\(annotationEscaped(file.name, isProperty: true)),line=\(start.line),col=\(start.column),"
        text += "endLine=\(end.line),endColumn=\(end.column),"
      }
      let label = diagnostic.primary.map(\.text) ?? ""
      let message = [diagnostic.message + (label.isEmpty ? "" : ": " + label)] + diagnostic.remarks
      text += "title=\(annotationEscaped(diagnostic.code.text, isProperty: true))::"
      text += annotationEscaped(message.joined(separator: "\n")) + "\n"
    }
    return text
  }

  private static func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}
