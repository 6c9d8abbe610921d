import Diagnostics
import PolicyModel

/// A report for a terminal: the verdict, every rule with what decided it, contradictions, and what to do.
///
/// Everything that came from facts or the policy is shown so that it cannot act on the terminal.
package struct TextReport: Sendable {
  private let report: PolicyReport
  private let advice: RemedyAdvice
  private let language: ReportLanguage
  private let style: TerminalStyle
  private let marks: Marks

  /// A report in a language, for a terminal of the given style. Without advice it is made from the report alone.
  package init(
    _ report: PolicyReport, advice: RemedyAdvice? = nil, language: ReportLanguage,
    style: TerminalStyle = TerminalStyle()
  ) {
    self.report = report
    self.advice = advice ?? RemedyAdvice(report)
    self.language = language
    self.style = style
    marks = Marks(style.repertoire)
  }

  /// The text, ending with a line feed.
  package func render() -> String {
    var lines = headLines()
    lines += scopeLines()
    if !report.rules.isEmpty { lines.append("") }
    let entries = report.rules.map(entry)
    let nameWidth = min(entries.map { displayWidth(of: $0.name) }.max() ?? 0, 32)
    let details = entries.flatMap(\.details)
    let widths = [details.map { displayWidth(of: $0.observed) }, details.map { displayWidth(of: $0.needed) }]
      .map { min($0.max() ?? 0, 44) }
    for entry in entries { lines += self.lines(of: entry, nameWidth: nameWidth, widths: widths) }
    lines += contradictionLines()
    lines += RemedyText(advice: advice, language: language, style: style).lines
    return lines.map { $0.trimmingTrailingBlanks + "\n" }.joined()
  }

  private func headLines() -> [String] {
    let verdict = report.verdict
    let ink: Ink
    switch verdict {
    case .pass: ink = .success
    case .fail: ink = .severity(.error)
    case .indeterminate: ink = .severity(.warning)
    case .notApplicable: ink = report.isExcusedByOwnReport ? .severity(.warning) : .secondary
    }
    let policy = report.policy
    var line = style.paint("\(marks.mark(of: verdict)) \(style.line(report.headline(in: language)))", ink)
    line += "   " + style.paint(style.line("\(policy.name) \(policy.version)"), .emphasis)
    if let title = policy.title(in: language) { line += "   " + style.line(title) }
    guard !report.statuses.isEmpty, verdict != .notApplicable else { return [line] }
    let statuses = report.statuses.map { name -> String in
      guard let known = KnownStatus(rawValue: name) else { return style.line(name) }
      guard !known.retryCanHelp else { return known.text(in: language) }
      return known.text(in: language) + language.choose(" (another attempt will not help)", " (再試行では解決しません)")
    }
    var lines = [line]
    let labels = [language.choose("status:", "状態の詳細:"), language.choose("also:", "ほかに:")]
    let width = labels.map { displayWidth(of: $0) }.max() ?? 0
    let others = statuses.dropFirst().joined(separator: language.choose("; ", "、"))
    for (label, text) in zip(labels, [statuses[0], others]) where !text.isEmpty {
      lines.append("  \(padded(label, to: statuses.count > 1 ? width : 0)) \(style.line(text))")
    }
    return lines
  }

  private func scopeLines() -> [String] {
    guard report.scope.truth != .true else {
      return report.exemption == nil ? [] : ["", "  " + style.line(nothingAsked)]
    }
    let isFalse = report.scope.truth == .false
    var line =
      isFalse
      ? language.choose("The policy is not meant for this device", "このポリシーの対象デバイスではありません")
      : language.choose(
        "Whether the policy is meant for this device cannot be determined", "このポリシーの対象かどうか確認できませんでした")
    let scope = report.policy.scope
    let targets = scope.names + scope.editions
    if !targets.isEmpty {
      line += language.choose("; it applies to ", "。対象: ") + targets.joined(separator: ", ")
    }
    if !report.rules.isEmpty {
      line += language.choose(". Its rules are shown, but do not count.", "。以下のルールは判定に影響しません。")
    }
    let details = report.scope.decisive.map { detail($0, .guard) }
    return ["", "  " + style.line(line)] + details.map { "    " + row($0, widths: [0, 0]) } + ownReportLines
  }

  /// Why a policy that is meant for the device asks nothing of it.
  private var nothingAsked: String {
    let hasRequirement = report.rules.contains { $0.rule.kind == .require }
    let text =
      hasRequirement
      ? language.choose(
        "None of its requirements applies to this device, so it says nothing about the device.",
        "このデバイスに適用される要件がないため、デバイスについて何も判定していません。")
      : language.choose(
        "The policy has no requirement, so it says nothing about the device.",
        "このポリシーには要件がないため、デバイスについて何も判定していません。")
    return ([text] + ownReportTexts).joined(separator: language.choose(" ", ""))
  }

  private var ownReportTexts: [String] {
    guard report.isExcusedByOwnReport else { return [] }
    return [
      language.choose(
        "The policy asks for attested facts, but only what the device reports of itself exempts it: a device that lies reports the same.",
        "ポリシーは構成証明済みの事実を求めていますが、対象外とする根拠はデバイス自身の報告だけです。偽りの報告でも同じ結果になります。")
    ]
  }

  private var ownReportLines: [String] { ownReportTexts.map { "  " + style.line($0) } }

  /// One rule with its lines, safe to print and not yet aligned.
  private struct Entry {
    let mark: String
    let ink: Ink
    let name: String
    /// The sentence beside the name, or nil where the first detail stands there.
    let headline: String?
    let details: [Detail]
    let others: [String]
  }

  /// A fact beside what is needed, and where it is from.
  private struct Detail {
    let observed: String
    let needed: String
    let origin: String
  }

  private func entry(_ result: RuleResult) -> Entry {
    let headline: String?
    var details: [Detail]
    var shown = result.that.decisive
    switch result.outcome {
    case .pass:
      headline = shown.isEmpty ? language.choose("holds", "満たされています") : nil
      details = shown.map { detail($0) }
    case .fail:
      headline = message(of: result)
      let role: Role = shown.count > 1 && result.rule.that.hasChoice ? .alternative : .requirement
      details = shown.map { detail($0, role) }
    case .notApplicable:
      headline = language.choose("not applicable", "対象外")
      shown = result.when?.decisive ?? []
      details = shown.map { detail($0, .guard) }
    case .unknown:
      headline = message(of: result)
      shown = (result.when?.unknownFindings ?? []) + result.that.decisive
      details = unknownDetails(of: result)
    }
    let shownFacts = Set(shown.flatMap(\.references).map { Int($0.index) })
    let others = result.reads.filter { !shownFacts.contains($0) }.map { index in
      let text = ReadingText(reading: report.facts[index], language: language)
      return style.line(text.observed + (text.source.map { " (\($0))" } ?? ""))
    }
    let isWarning = result.rule.kind == .warn
    return Entry(
      mark: marks.mark(of: result.outcome, isWarning: isWarning),
      ink: ink(of: result),
      name: style.line(result.rule.name), headline: headline, details: details, others: others)
  }

  /// A line for each fact that keeps a rule from being told; what is needed of it where that is one thing.
  private func unknownDetails(of result: RuleResult) -> [Detail] {
    var details: [Detail] = []
    let guardFindings = result.when?.unknownFindings ?? []
    // What no probe has spoken of is named by the message; a reason for not knowing is worth a line.
    let isTold = { (finding: Finding) in
      !result.rule.allowsUnknown
        || finding.references.contains { report.facts[Int($0.index)].observation != nil }
    }
    let findings =
      guardFindings.map { ($0, Role.guard) } + result.that.decisive.map { ($0, Role.requirement) }
    let tested = Dictionary(grouping: findings.flatMap { $0.0.references }, by: { $0 }).mapValues(\.count)
    var seen: Set<FactReference> = []
    for (finding, role) in findings where isTold(finding) {
      let isNew = finding.references.contains { !seen.contains($0) }
      seen.formUnion(finding.references)
      guard isNew else { continue }
      let isOnlyTest = finding.references.allSatisfy { tested[$0] == 1 }
      details.append(detail(finding, isOnlyTest ? role : .unspecified))
    }
    return details
  }

  private func ink(of result: RuleResult) -> Ink {
    switch result.outcome {
    case .pass: .success
    case .fail: .severity(result.rule.kind == .warn ? .warning : .error)
    case .unknown: result.rule.allowsUnknown ? .secondary : .severity(.warning)
    case .notApplicable: .secondary
    }
  }

  private func message(of result: RuleResult) -> String {
    guard let message = RuleMessage(for: result, in: report, language: language) else { return "" }
    var text = message.text
    if message.origin == .fallback {
      text += " " + language.choose("(in English)", "(日本語のメッセージがないため英語で表示)")
    }
    if result.rule.kind == .warn { text = language.choose("warning: ", "警告: ") + text }
    if result.outcome == .fail, result.rule.severity.rank > Rule.Severity.medium.rank {
      text += " [\(result.rule.severity.rawValue)]"
    }
    return style.line(text)
  }

  /// What a test is to the rule that it stands in.
  private enum Role {
    case requirement
    /// One of several ways to meet the requirement.
    case alternative
    /// A test of the guard.
    case `guard`
    /// One of several tests of the same fact.
    case unspecified
  }

  private func detail(_ finding: Finding, _ role: Role = .requirement) -> Detail {
    let text = FindingText(finding: finding, report: report, language: language)
    var needed: String
    switch role {
    case .requirement: needed = language.choose("needs \(text.needed)", "必要: \(text.needed)")
    case .alternative: needed = language.choose("either \(text.needed)", "いずれか: \(text.needed)")
    case .guard: needed = language.choose("applies to \(text.needed)", "対象: \(text.needed)")
    case .unspecified: needed = ""
    }
    if let shortfall = text.shortfallText, !finding.isNegated { needed += " (\(shortfall))" }
    let origin = [text.unknownReason, text.sources].compactMap { $0 }.joined(separator: "; ")
    return Detail(
      observed: style.line(text.observed), needed: style.line(needed),
      origin: origin.isEmpty ? "" : "(\(style.line(origin)))")
  }

  private func lines(of entry: Entry, nameWidth: Int, widths: [Int]) -> [String] {
    let head = "  \(style.paint(entry.mark, entry.ink)) \(padded(entry.name, to: nameWidth))  "
    let indent = String(repeating: " ", count: 6 + nameWidth)
    var rows = entry.details.map { row($0, widths: widths) }
    if let headline = entry.headline {
      rows = rows.map { "  " + $0 }
      rows.insert(headline, at: 0)
    }
    if !entry.others.isEmpty {
      let label = language.choose("also read: ", "ほかに参照: ")
      rows.append("  " + style.paint(label + entry.others.joined(separator: ", "), .secondary))
    }
    return rows.enumerated().map { $0.offset == 0 ? head + $0.element : indent + $0.element }
  }

  private func row(_ detail: Detail, widths: [Int]) -> String {
    "\(padded(detail.observed, to: widths[0]))  \(padded(detail.needed, to: widths[1]))  "
      + style.paint(detail.origin, .secondary)
  }

  private func contradictionLines() -> [String] {
    guard !report.contradictions.isEmpty else { return [] }
    let title = language.choose(
      "Probes disagree; the value named first was used:", "プローブの値が食い違っています (先に示す値を使用):")
    let lines = report.contradictions.map { contradiction in
      "    \(style.paint(marks.warning, .severity(.warning))) \(style.line(contradiction.text(in: language)))"
    }
    return ["", "  " + title] + lines
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingTrailingBlanks: Substring {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return text
  }
}
