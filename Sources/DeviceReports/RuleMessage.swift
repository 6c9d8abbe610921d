import Diagnostics
import PolicyModel

/// The sentence that a report shows for a rule that does not hold.
package struct RuleMessage: Hashable, Sendable {
  /// The text with facts and params filled in. It may hold anything that the facts held: see `visible(_:in:)`.
  package let text: String
  /// The language tag of the text.
  package let language: String
  /// Where it is from.
  package let origin: Origin

  /// Where a message is from.
  package enum Origin: String, Hashable, Sendable {
    /// The policy, in the language asked for.
    case policy
    /// The policy, in English, since it has none in the language asked for.
    case fallback
    /// Made from the rule's condition, since the policy has none.
    case condition
  }

  /// The message of a rule's result, or nil for a rule that passed or is not applicable.
  ///
  /// A rule that could not be told has no use for its own message, which says that something is wrong; it gets one
  /// that names what is unknown.
  package init?(for result: RuleResult, in report: PolicyReport, language: ReportLanguage) {
    switch result.outcome {
    case .pass, .notApplicable: return nil
    case .unknown:
      text = Self.unknown(result, report, language)
      self.language = language.rawValue
      origin = .condition
    case .fail:
      if let message = Self.best(of: result.rule.messages, for: language.rawValue) {
        text = Self.fill(message.text, from: report, language)
        self.language = message.language
        origin = .policy
      } else if let message = Self.best(of: result.rule.messages, for: "en") {
        text = Self.fill(message.text, from: report, language)
        self.language = message.language
        origin = .fallback
      } else {
        text = Self.failed(result, report, language)
        self.language = language.rawValue
        origin = .condition
      }
    }
  }

  /// The message whose tag is the language itself, or else the first with a region or script.
  static func best(of messages: [Rule.Message], for language: String) -> Rule.Message? {
    messages.first { $0.language.lowercased() == language }
      ?? messages.first { primarySubtag(of: $0.language) == language }
  }

  private static func failed(_ result: RuleResult, _ report: PolicyReport, _ language: ReportLanguage)
    -> String
  {
    let findings = result.that.decisive
    guard findings.count == 1 || !result.rule.that.hasChoice && !findings.isEmpty else {
      guard !result.rule.source.isEmpty else { return language.choose("does not hold", "満たされていません") }
      return language.choose("needs \(result.rule.source)", "\(result.rule.source) が必要です")
    }
    let sentences = findings.map { FindingText(finding: $0, report: report, language: language).sentence }
    return sentences.joined(separator: language.choose("; ", "。"))
  }

  private static func unknown(_ result: RuleResult, _ report: PolicyReport, _ language: ReportLanguage)
    -> String
  {
    var names: [String] = []
    for finding in (result.when?.unknownFindings ?? []) + result.that.unknownFindings {
      for reference in finding.references {
        let reading = report.facts[Int(reference.index)]
        let name = reading.declaration.name
        if reading.value(attested: reference.attested) == nil, !names.contains(name) { names.append(name) }
      }
    }
    let subjects = names.joined(separator: ", ")
    let text =
      subjects.isEmpty
      ? language.choose("could not be told", "確認できませんでした")
      : language.choose("could not be told without \(subjects)", "\(subjects) が不明なため確認できませんでした")
    guard result.rule.allowsUnknown else { return text }
    return text + language.choose("; the policy allows that", " (このポリシーでは不明でも可)")
  }

  /// Fills `{name}` with the value of a fact or a param. `\{` is a brace; other braces stay as they are.
  private static func fill(_ text: String, from report: PolicyReport, _ language: ReportLanguage) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      if rest[..<open].last == "\\" {
        filled.removeLast()
        filled += "{"
        rest = inside
        continue
      }
      guard let end = inside.firstIndex(where: { $0 == "}" || $0 == "{" }), inside[end] == "}",
        let value = value(of: inside[..<end], report, language)
      else {
        filled += "{"
        rest = inside
        continue
      }
      filled += value
      rest = inside[inside.index(after: end)...]
    }
    return filled + rest
  }

  private static func value(
    of name: Substring, _ report: PolicyReport, _ language: ReportLanguage
  ) -> String? {
    let name = String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    if let parameter = report.policy.parameters.first(where: { $0.name == name }) {
      return parameter.value.description
    }
    guard let reading = report.facts.first(where: { $0.declaration.name == name }) else { return nil }
    return reading.value?.description ?? language.choose("(unknown)", "(不明)")
  }
}

extension ConditionResult {
  var unknownFindings: [Finding] { truth == .unknown ? decisive : [] }
}

extension Condition {
  /// Whether there may be several ways to meet the condition, so that its tests are not all needed.
  var hasChoice: Bool {
    steps.contains { step in
      if case .or = step { return true }
      return step == .not
    }
  }
}

extension CompiledPolicy {
  /// The title in a language, or else in English, or nil.
  package func title(in language: ReportLanguage) -> String? {
    RuleMessage.best(of: titles, for: language.rawValue)?.text ?? title
  }
}
