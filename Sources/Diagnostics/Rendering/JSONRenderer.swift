/// Shows findings as one JSON document, with everything that the terminal shows.
///
///     {"version":1,
///      "diagnostics":[{"code":…,"severity":…,"title":…,"message":…,
///                      "primary":PLACE or null,"secondary":[PLACE…],"help":[…],
///                      "fixIts":[{"title":…,"replacement":…, and the members of a PLACE}…]}…],
///      "files":[FILE…],
///      "summary":{"errors":…,"warnings":…,"notes":…,"unreadable":…}}
///
/// A diagnostic about a payload has `deviceStatus` where it is known what a device answers, and `waived` with the reason where
/// its author accepts it. `files` and `unreadable` are
/// there when payloads were judged; docs/report-json.md describes all of it.
///
/// A PLACE has `file`, `start` and `end`, each with `offset` (bytes, from 0), `line` and `column` (Unicode
/// scalars, from 1), and `label`. The range ends before `end`.
public struct JSONRenderer: Sendable {
  private let sources: SourceMap

  /// A renderer for findings in these files.
  public init(_ sources: SourceMap) { self.sources = sources }

  /// The document, with a line end. `files` are the payloads that were judged; nil for any other command.
  public func render(_ diagnostics: [Diagnostic], files: [CheckedFile]? = nil) -> String {
    var indexes: [FileID: LineIndex] = [:]
    var json = JSONText()
    json.object { json in
      json.member("version", 1)
      json.key("diagnostics")
      json.array(diagnostics) { write($1, &indexes, to: &$0) }
      if let files {
        json.key("files")
        json.array(files) { Self.write($1, to: &$0) }
      }
      json.key("summary")
      json.object { json in
        let counts =
          files.map { $0.map(\.counts).reduce(CheckedFile.Counts(), +) } ?? CheckedFile.Counts(diagnostics)
        Self.write(counts, to: &json)
        if let files { json.member("unreadable", files.count { $0.problem != nil }) }
      }
    }
    return json.text + "\n"
  }

  private static func write(_ file: CheckedFile, to json: inout JSONText) {
    json.object { json in
      json.member("file", file.name)
      switch file.outcome {
      case .judged(let shape, let commands, let counts, let unlisted):
        json.key("shape")
        if let shape { json.string(shape) } else { json.null() }
        json.member("commands", commands)
        write(counts, to: &json)
        json.member("unlisted", unlisted)
      case .unreadable(let problem):
        json.key("unreadable")
        json.object { json in
          json.member("code", problem.code.text)
          json.member("message", problem.message)
          json.key("help")
          json.array(problem.help) { $0.string($1) }
        }
      }
    }
  }

  private static func write(_ counts: CheckedFile.Counts, to json: inout JSONText) {
    json.member("errors", counts.errors)
    json.member("warnings", counts.warnings)
    json.member("notes", counts.notes)
  }

  private func write(_ diagnostic: Diagnostic, _ indexes: inout [FileID: LineIndex], to json: inout JSONText)
  {
    json.object { json in
      json.member("code", diagnostic.code.text)
      json.member("severity", diagnostic.severity.rawValue)
      if let rule = DiagnosticCatalog.rule(for: diagnostic.code) { json.member("title", rule.title) }
      json.member("message", diagnostic.message)
      if let status = diagnostic.deviceStatus { json.member("deviceStatus", status) }
      if let waiver = diagnostic.waiver { json.member("waived", waiver) }
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
    let index = indexes[span.file] ?? LineIndex(file)
    indexes[span.file] = index
    json.member("file", file.name)
    for (name, offset) in [("start", span.start), ("end", span.end)] {
      let position = index.position(at: Int(offset))
      json.key(name)
      json.object { json in
        json.member("offset", position.offset)
        json.member("line", position.line)
        json.member("column", position.column)
      }
    }
  }
}
