import DeviceReports
import Diagnostics
import PolicyModel

/// A plan for people: how many devices are asked, when, and why others are not.
package struct AttestPlanText: FleetRendering {
  private let plan: AttestPlan
  private let language: ReportLanguage
  private let style: TerminalStyle

  /// A plan in a language, for a terminal of the given style.
  package init(_ plan: AttestPlan, language: ReportLanguage, style: TerminalStyle = TerminalStyle()) {
    self.plan = plan
    self.language = language
    self.style = style
  }

  /// Writes one line after the other.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    let lines = lines.map { style.line($0) + "\n" }
    try take(Array(lines.joined().utf8))
  }

  private var lines: [String] {
    let name = "\(plan.policy.name) \(plan.policy.version)"
    var lines = [
      language.choose(
        "Plan for Intune's device action 'Attest device', by \(name)",
        "Intune のデバイス アクション「デバイスの構成証明」の実行計画 (ポリシー: \(name))"),
      language.choose("policyc sends nothing.", "policyc は何も送信しません。"), "",
      language.choose("now: ", "すぐに実行: ") + summary(of: plan.now),
      language.choose("after mending: ", "修復後に実行: ") + summary(of: plan.afterMending),
    ]
    lines += table(remedies.map { ($0.count, $0.remedy.rawValue, $0.remedy.text(in: language)) })
    let rows = plan.omitted.count
    lines.append(language.choose(rows == 1 ? "left out: 1 row" : "left out: \(rows) rows", "対象外: \(rows) 行"))
    lines += table(
      plan.reasons.map { ($0.count, $0.name, AttestPlanOmission.title($0.name)?[language] ?? "") })
    if plan.unreadable > 0 {
      lines.append(
        language.choose("rows that could not be read: \(plan.unreadable)", "読み取れなかった行: \(plan.unreadable)"))
    }
    lines += [
      "", language.choose("POST to: ", "送信先 (POST): ") + AttestAction.batchURL,
      language.choose("action: ", "アクション: ") + AttestAction.name,
      language.choose("permission: ", "アクセス許可: ") + AttestAction.permission,
      language.choose("role in Intune: ", "Intune のロール: ")
        + AttestAction.rolePermissions.joined(separator: "; "),
    ]
    return lines
  }

  private func devices(_ count: Int) -> String {
    language.choose(count == 1 ? "1 device" : "\(count) devices", "\(count) 台")
  }

  private func summary(of stage: AttestPlan.Stage) -> String {
    guard let last = stage.batches.last else { return devices(0) }
    let minutes = (stage.seconds + 59) / 60
    let text = devices(stage.count)
    guard last.start > 0 else {
      return text + language.choose(", done within \(minutes) min", " (\(minutes) 分以内に完了する見込み)")
    }
    let batches = stage.batches.count
    return text
      + language.choose(
        " in \(batches) batches, the last after \(last.start) s, all done within \(minutes) min",
        "、\(batches) 回に分けて送信 (最後の送信は \(last.start) 秒後、\(minutes) 分以内にすべて完了する見込み)")
  }

  /// What has to be done first, and for how many devices.
  private var remedies: [(remedy: KnownRemedy, count: Int)] {
    remedyCounts(plan.afterMending.batches.lazy.flatMap(\.devices).map(\.remedies))
  }

  private func table(_ rows: [(count: Int, name: String, text: String)]) -> [String] {
    let width = rows.map { "\($0.count)".count }.max() ?? 0
    let names = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let count = "\(row.count)"
      return "  " + String(repeating: " ", count: width - count.count) + count + "  "
        + padded(row.name, to: names) + "  " + row.text
    }
  }
}
