import Diagnostics
import PolicyModel

/// Prints a plan for people and programs.
package struct RunbookRenderer: Sendable {
  private let plan: RunbookPlan
  private let language: ReportLanguage

  /// A renderer in a language.
  package init(_ plan: RunbookPlan, language: ReportLanguage) {
    self.plan = plan
    self.language = language
  }

  private var outline: RunbookOutline { RunbookOutline(plan, language: language) }
  private var id: String { plan.runbook.remedy.rawValue }

  /// Text for a terminal.
  package func text(style: TerminalStyle = TerminalStyle()) -> String {
    let outline = outline
    func heading(_ text: String) -> String {
      style.paint(visible(text, in: style.repertoire), .emphasis) + "\n"
    }
    var text = heading("\(id): \(outline.title)")
    for line in outline.summary { text += style.wrapped(line) }
    for section in outline.sections {
      text += "\n" + heading(section.title)
      for item in section.items {
        let mark =
          switch item.mark {
          case .bullet: "-"
          case .number(let number): "\(number)."
          case .box(let isDone): isDone ? "[x]" : "[ ]"
          case .stop: "!!"
          }
        let ink: Ink = if case .stop = item.mark { .severity(.error) } else { .plain }
        text += Self.hanging(mark, ink, item.text, style)
        if let note = item.note { text += Self.hanging("", .plain, note, style) }
      }
    }
    return text
  }

  /// A paragraph whose mark stands before its first line.
  private static func hanging(_ mark: String, _ ink: Ink, _ text: String, _ style: TerminalStyle) -> String {
    let width = 4
    var narrow = style
    narrow.columns = min(style.columns, 90) - width
    let lines = narrow.wrapped(text).split(separator: "\n")
    return lines.enumerated().map { index, line in
      let mark = index == 0 ? mark : ""
      let gap = String(repeating: " ", count: max(width - displayWidth(of: mark), 1))
      return "  \(style.paint(mark, ink))\(gap)\(line.drop { $0 == " " })\n"
    }.joined()
  }

  /// CommonMark.
  package func markdown() -> String {
    let outline = outline
    var text = "# \(markdownEscaped(outline.title))\n\n"
    text += outline.summary.map { "\(markdownEscaped($0))\n" }.joined(separator: "\n")
    for section in outline.sections {
      text += "\n## \(markdownEscaped(section.title))\n\n"
      for item in section.items {
        let mark =
          switch item.mark {
          case .bullet: "-"
          case .number(let number): "\(number)."
          case .box(let isDone): isDone ? "- [x]" : "- [ ]"
          case .stop: "- ⛔"
          }
        text += "\(mark) \(markdownEscaped(item.text))"
        if let note = item.note { text += " *\(markdownEscaped(note))*" }
        text += "\n"
      }
    }
    return text
  }

  /// A whole page that needs nothing else.
  package func html() -> String {
    let outline = outline
    var body = "<h1>\(htmlEscaped(outline.title))</h1>\n<ul class=\"summary\">\n"
    for line in outline.summary { body += "<li>\(htmlEscaped(line))</li>\n" }
    body += "</ul>\n"
    for section in outline.sections {
      body += "<h2>\(htmlEscaped(section.title))</h2>\n"
      let isOrdered = section.items.contains { if case .number = $0.mark { true } else { false } }
      body += isOrdered ? "<ol>\n" : "<ul>\n"
      for item in section.items {
        let mark =
          switch item.mark {
          case .bullet, .number: "<li>"
          case .box(let isDone): "<li class=\"box\">\(isDone ? "☑" : "☐") "
          case .stop: "<li class=\"stop\">"
          }
        body += mark + htmlEscaped(item.text)
        if let note = item.note { body += "<br><small>\(htmlEscaped(note))</small>" }
        body += "</li>\n"
      }
      body += isOrdered ? "</ol>\n" : "</ul>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(htmlEscaped(outline.title))</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
      h2 { margin-top: 2rem; font-size: 1.15rem; }
      li { margin: .4rem 0; }
      li.box, li.stop { list-style: none; }
      li.stop { border-inline-start: .3rem solid #c0392b; padding-inline-start: .8rem; font-weight: 600; }
      </style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }

  /// A JSON object with a line end: the plan in one language.
  package func json() -> [UInt8] { value().line }

  /// The plan as a value, to put several into one document.
  func value() -> JSONValue {
    let runbook = plan.runbook
    func texts(_ texts: [LocalizedText]) -> JSONValue { .array(texts.map { .string($0[language]) }) }
    let before = plan.before.map { requirement in
      let precondition = requirement.precondition
      let state: String
      var seen: [RunbookPlan.SeenFact] = []
      switch requirement.standing {
      case .done(let fact): (state, seen) = ("done", [fact])
      case .open: state = "open"
      case .missing(let stop): (state, seen) = ("missing", stop.seen)
      }
      var members = [
        JSONMember("id", .string(precondition.id)), JSONMember("text", .string(precondition.text[language])),
        JSONMember("reason", .string(precondition.reason[language])), JSONMember("state", .string(state)),
      ]
      if !seen.isEmpty { members.append(JSONMember("facts", .array(seen.map { .string($0.description) }))) }
      return JSONValue.object(members)
    }
    let parts = plan.parts.map { part in
      let shown = plan.shown(of: part)
      return JSONValue.object([
        JSONMember("title", part.title.map { .string($0[language]) } ?? .null),
        JSONMember(
          "steps",
          .array(
            shown.steps.map { step in
              .object([
                JSONMember("text", .string(step.text[language])),
                JSONMember("destroys", .bool(step.destroys)),
                JSONMember("needs", .array(step.needs.map { .string($0) })),
              ])
            })),
        JSONMember("stopped_by", shown.stop.map { .string($0.precondition.id) } ?? .null),
      ])
    }
    return .object([
      JSONMember("id", .string(id)), JSONMember("language", .string(language.rawValue)),
      JSONMember("title", .string(plan.headline(in: language))),
      JSONMember("impact", .string(runbook.impact.rawValue)),
      JSONMember("needs_administrator", .bool(runbook.needsAdministrator)),
      JSONMember("duration", .string(runbook.duration[language])),
      JSONMember("destroys", texts(runbook.destroys)),
      JSONMember("before", .array(before)), JSONMember("parts", .array(parts)),
      JSONMember("stopped", .bool(plan.stop != nil)),
      JSONMember("stopped_because", plan.stop.map { .string($0.sentence(in: language)) } ?? .null),
      JSONMember("after", plan.stop != nil ? .array([]) : texts(runbook.after)),
      JSONMember("verify", plan.stop != nil ? .array([]) : texts(runbook.verification)),
      JSONMember("next", .array(plan.stop != nil ? [] : runbook.next.map { .string($0.rawValue) })),
    ])
  }
}
