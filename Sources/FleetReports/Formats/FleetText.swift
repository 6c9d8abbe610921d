import CSPCatalog
import DeviceReports
import Diagnostics
import PolicyModel

/// The report for a terminal: counts that add up, rows that could not be read, and the devices in a table.
///
/// Nothing of the input or the policy can act on the terminal.
package struct FleetText: FleetRendering {
  private let report: FleetReport
  private let language: ReportLanguage
  private let style: TerminalStyle

  /// A report in a language, for a terminal of the given style.
  package init(_ report: FleetReport, language: ReportLanguage, style: TerminalStyle = TerminalStyle()) {
    self.report = report
    self.language = language
    self.style = style
  }

  /// Gives the lines: counts, problems, devices, remedies.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    var buffer = PieceBuffer()
    func put(_ lines: [String]) { for line in lines { buffer.append(line + "\n") } }
    put(headLines())
    let summary = FleetSummaryText(counts: report.counts, language: language, style: style)
    for section in summary.sections() { put([""] + section) }
    put(problemLines())
    put(repeatLines())
    put([""])
    let table = FleetTable(report, language: language, style: style)
    put([heading(tableTitle)])
    if !report.rows.isEmpty { put([table.heading]) }
    for row in report.rows {
      put([table.line(of: row)])
      try buffer.flushIfLarge(take)
    }
    put(remedyLines())
    try buffer.flush(take)
  }

  private func heading(_ text: String) -> String { style.paint(style.line(text), .emphasis) }

  private func headLines() -> [String] {
    let policy = report.policy
    var line = heading("\(policy.name) \(policy.version)")
    if let title = policy.title(in: language) { line += "   " + style.line(title) }
    return [line]
  }

  private func problemLines() -> [String] {
    guard !report.problems.isEmpty else { return [] }
    let title = language.choose("Rows that could not be read", "読み取れなかった行")
    let lines = report.problems.map { problem in
      "  " + style.line(language.choose("line \(problem.line): ", "\(problem.line) 行目: ") + problem.reason)
    }
    return ["", heading(title)] + lines
  }

  private func repeatLines() -> [String] {
    let notes = report.repeats.lines(in: language).map { "  " + style.line($0) }
    guard !notes.isEmpty else { return [] }
    let title = language.choose("Devices with several rows", "複数の行があるデバイス")
    return ["", heading(title)] + notes
  }

  private var tableTitle: String {
    let listed = report.rows.count
    let all = report.counts.devices
    if all == 0 { return language.choose("The input has no device", "入力にデバイスがありません") }
    if listed == 0 { return language.choose("None of \(all) devices matches", "\(all) 台中、該当するデバイスはありません") }
    if listed == all { return language.choose("Devices: \(all)", "デバイス: \(all) 台") }
    return language.choose("Devices: \(listed) of \(all)", "デバイス: \(all) 台中 \(listed) 台")
  }

  /// What the names in the table's last column mean, and how many of the listed devices need it.
  private func remedyLines() -> [String] {
    let counts = remedyCounts(report.rows.lazy.map(\.remedies))
    guard !counts.isEmpty else { return [] }
    let width = counts.map(\.remedy.rawValue.count).max() ?? 0
    let digits = counts.map { "\($0.count)".count }.max() ?? 0
    let lines = counts.map { remedy, number -> String in
      let count = "\(number)"
      return "  " + padded(remedy.rawValue, to: width) + "  "
        + String(repeating: " ", count: digits - count.count) + count + "  "
        + style.line(remedy.text(in: language))
    }
    let title = language.choose(
      "What to do (policyc remedy NAME says how)", "対処 (手順は policyc remedy 名前 で表示)")
    return ["", heading(title)] + lines
  }
}
