import Diagnostics
import PolicyModel

extension Verdict {
  /// The verdict for people: `complies`, `does not comply`, …
  package func text(in language: ReportLanguage) -> String {
    switch self {
    case .pass: language.choose("complies", "適合")
    case .fail: language.choose("does not comply", "不適合")
    case .indeterminate: language.choose("indeterminate", "判定不能")
    case .notApplicable: language.choose("not applicable", "対象外")
    }
  }
}

extension PolicyReport {
  /// The headline: the verdict, and why the policy says nothing of the device where that needs a word, or what was refused.
  package func headline(in language: ReportLanguage) -> String {
    if case .unknown(let reason)? = refusal?.content {
      let joint = verdict == .fail ? "; " : ": "
      return verdict.text(in: language) + language.choose("\(joint)\(reason)", " (証拠を受け入れられません: \(reason))")
    }
    return switch (exemption, isExcusedByOwnReport) {
    case (nil, _), (.outsideScope, false): verdict.text(in: language)
    case (.nothingAsked, false): language.choose("asks nothing of this device", "このデバイスに求める要件はありません")
    case (.outsideScope, true):
      language.choose("not applicable by the device's own report", "デバイス自身の報告では対象外 (構成証明なし)")
    case (.nothingAsked, true):
      language.choose(
        "asks nothing of this device, by its own report", "デバイス自身の報告では求める要件なし (構成証明なし)")
    }
  }

  /// The statuses that the failed requirements stand for, the most fundamental cause first, each once. The first is
  /// the status of the device. Names that are none of ``KnownStatus`` come last, in source order.
  package var statuses: [String] { failed.statuses }

  /// The remedies of all rules that failed, warnings last, each once.
  package var remedies: [String] { failed.remedies }

  private var failed: FailedRules { FailedRules(rules.filter { $0.outcome == .fail }.map(\.rule)) }
}

/// The rules that a device fails, warnings among them, in source order.
package struct FailedRules: Sendable {
  private let requirements: [Rule]
  private let warnings: [Rule]

  package init(_ rules: [Rule]) {
    requirements = rules.filter { $0.kind == .require }
    warnings = rules.filter { $0.kind == .warn }
  }

  /// See ``PolicyReport/statuses``.
  package var statuses: [String] {
    let names = unique(requirements.compactMap(\.status))
    let known = names.compactMap { KnownStatus(rawValue: $0) }.sorted { $0.rank < $1.rank }
    return known.map(\.rawValue) + names.filter { KnownStatus(rawValue: $0) == nil }
  }

  /// See ``PolicyReport/remedies``.
  package var remedies: [String] { unique((requirements + warnings).compactMap(\.remedy)) }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension Rule.Severity {
  /// The place in the order from low to critical.
  var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }
}
