/// Shows findings as one JSON document, with everything that the terminal shows.
///
///     {"version":1,
///      "diagnostics":[{"code":…,"severity":…,"title":…,"message":…,
///                      "primary":PLACE or null,"secondary":[PLACE…],"help":[…],
///                      "fixIts":[{"title":…,"replacement":…, and the members of a PLACE}…]}…],
///      "summary":{"errors":…,"warnings":…,"notes":…}}
///
/// A PLACE has `file`, `start` and `end`, each with `offset` (bytes, from 0), `line` and `column` (Unicode
/// scalars, from 1), and `label`. The range ends before `end`.
public struct JSONRenderer: Sendable {
  private let sources: SourceMap

  /// A renderer for findings in these files.
  public init(_ sources: SourceMap) { self.sources = sources }

  /// The document, with a line end.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    var indexes: [FileID: LineIndex] = [:]
    var json = JSONText()
    json.object { json in
      json.member("version", 1)
      json.key("diagnostics")
      json.array(diagnostics) { write($1, &indexes, to: &$0) }
      json.key("summary")
      json.object { json in
        json.member("errors", diagnostics.count { $0.severity == .error })
        json.member("warnings", diagnostics.count { $0.severity == .warning })
        json.member("notes", diagnostics.count { $0.severity == .note })
      }
    }
    return json.text + "\n"
  }

  private func write(_ diagnostic: Diagnostic, _ indexes: inout [FileID: LineIndex], to json: inout JSONText)
  {
    json.object { json in
      json.member("code", diagnostic.code.text)
      json.member("severity", diagnostic.severity.rawValue)
      if let rule = DiagnosticCatalog.rule(for: diagnostic.code) { json.member("title", rule.title) }
      json.member("message", diagnostic.message)
      json.key("primary")
      if let primary = diagnostic.primary { write(primary, &indexes, to: &json) } else { json.null() }
      json.key("secondary")
      json.array(diagnostic.secondary) { write($1, &indexes, to: &$0) }
      json.key("help")
      json.array(diagnostic.help) { $0.string($1) }
      json.key("fixIts")
      json.array(diagnostic.fixIts) { json, fixIt in
        json.object { json in
          json.member("title", fixIt.title)
          place(fixIt.span, &indexes, to: &json)
          json.member("replacement", fixIt.replacement)
        }
      }
    }
  }

  private func write(_ label: Label, _ indexes: inout [FileID: LineIndex], to json: inout JSONText) {
    json.object { json in
      place(label.span, &indexes, to: &json)
      json.member("label", label.text)
    }
  }

  private func place(_ span: Span, _ indexes: inout [FileID: LineIndex], to json: inout JSONText) {
    guard let file = sources.file(span.file) else { return }
    let index = indexes[span.file] ?? LineIndex(file.bytes)
    indexes[span.file] = index
    json.member("file", file.name)
    for (name, offset) in [("start", span.start), ("end", span.end)] {
      let position = index.position(at: Int(offset))
      json.key(name)
      json.object { json in
        json.member("offset", Int(offset))
        json.member("line", position.line)
        json.member("column", position.column)
      }
    }
  }
}
