import Diagnostics

/// What to do, for a terminal: two or three lines a remedy, and how to see its steps.
struct RemedyText {
  let advice: RemedyAdvice
  let language: ReportLanguage
  let style: TerminalStyle

  /// The lines with the heading; none when there is nothing to do.
  var lines: [String] {
    guard !advice.measures.isEmpty || !advice.unknownNames.isEmpty else { return [] }
    var lines = ["", "  " + style.paint(say("What to do:", "対処:"), .help)]
    var isFurther = false
    for (index, measure) in advice.measures.enumerated() {
      if measure.isFurther, !isFurther {
        lines.append("    " + style.paint(say("If that does not help:", "解決しない場合:"), .help))
      }
      isFurther = measure.isFurther
      lines += self.lines(of: measure, number: index + 1)
    }
    lines += advice.unknownNames.map { "    - \(style.line($0))" }
    return lines
  }

  private func lines(of measure: RemedyAdvice.Measure, number: Int) -> [String] {
    let plan = measure.plan
    let indent = String(repeating: " ", count: 9)
    var lines = [
      "    \(number). \(style.line("\(plan.headline(in: language)) (\(measure.remedy.rawValue))"))"
    ]
    let summary = RunbookOutline.summary(of: plan.runbook, language).joined(separator: say(" ", ""))
    lines.append(indent + style.paint(style.line(summary), .secondary))
    if let stop = plan.stop {
      let mark = style.repertoire == .unicode ? "⚠" : "!"
      let text = say(
        "Steps that lose data are withheld. \(stop.sentence(in: language))",
        "データが失われる手順は、準備を確認できるまで表示しません。\(stop.sentence(in: language))")
      lines.append(indent + style.paint(mark, .severity(.warning)) + " " + style.line(text))
      lines.append(indent + say("First: ", "先に行うこと: ") + style.line(stop.precondition.text[language]))
    }
    let command =
      advice.command(for: measure.remedy).map(shellLine)
      ?? say(
        "policyc remedy \(measure.remedy.rawValue), with the probes of this check",
        "policyc remedy \(measure.remedy.rawValue) (プローブはこの確認と同じものを指定)")
    lines.append(indent + say("Steps: ", "手順: ") + style.line(command))
    return lines
  }

  private func say(_ english: String, _ japanese: String) -> String { language.choose(english, japanese) }
}
