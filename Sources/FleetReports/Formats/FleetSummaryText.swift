import CSPCatalog
import DeviceReports
import Diagnostics
import PolicyModel

/// The counts of a fleet as blocks of lines, each of which ends with the total that its lines add up to.
struct FleetSummaryText {
  let counts: FleetCounts
  let language: ReportLanguage
  let style: TerminalStyle

  /// The blocks, without empty lines between them.
  func sections() -> [[String]] {
    let none = language.choose("none", "なし")
    var sections = [
      section(
        language.choose("Rows", "行"),
        [
          (language.choose("devices", "デバイス"), counts.devices),
          (language.choose("could not be read", "読み取り不可"), counts.problems),
        ])
    ]
    guard counts.devices > 0 else { return sections }
    sections.append(
      section(
        ReportColumn.verdict.title[language],
        Verdict.allCases.map { ($0.text(in: language), counts.verdicts[$0, default: 0]) }))
    sections.append(
      section(
        ReportColumn.attestationStatus.title[language],
        AttestationState.allCases.map { ($0.title[language], counts.states[$0, default: 0]) }))
    let statuses = KnownStatus.allCases.filter { counts.statuses[$0] != nil }
    sections.append(
      section(
        ReportColumn.statusDetail.title[language],
        statuses.map { ($0.text(in: language), counts.statuses[$0, default: 0]) }
          + [(none, counts.statuses[nil, default: 0])]))
    sections.append(branchSection())
    return sections
  }

  private var total: String { language.choose("total", "合計") }

  private func section(_ title: String, _ lines: [(label: String, count: Int)]) -> [String] {
    let sum = lines.reduce(0) { $0 + $1.count }
    return table([[title, ""]] + lines.map { [$0.label, "\($0.count)"] } + [[total, "\(sum)"]])
  }

  private func branchSection() -> [String] {
    let branches = counts.branchesInOrder
    func line(_ label: String, _ verdicts: [Verdict: Int]) -> [String] {
      [label] + Verdict.allCases.map { "\(verdicts[$0, default: 0])" }
        + ["\(verdicts.values.reduce(0, +))"]
    }
    let unknown = language.choose("unknown", "不明")
    return table(
      [[ReportColumn.branch.title[language]] + Verdict.allCases.map { $0.text(in: language) } + [total]]
        + branches.map { line($0?.name ?? unknown, counts.branches[$0, default: [:]]) }
        + [line(total, counts.verdicts)])
  }

  /// Lines of cells, the first column to the left and indented below its heading, the others to the right.
  private func table(_ lines: [[String]]) -> [String] {
    let cells = lines.enumerated().map { index, line in
      line.enumerated().map { column, text in
        (column == 0 && index > 0 ? "  " : "") + style.line(text)
      }
    }
    let widths = (0..<(cells.first?.count ?? 0)).map { column in
      cells.map { displayWidth(of: $0[column]) }.max() ?? 0
    }
    return cells.enumerated().map { index, line in
      let head = padded(line[0], to: widths[0])
      let rest = zip(line, widths).dropFirst().map { text, width in
        String(repeating: " ", count: width - displayWidth(of: text)) + text
      }
      let shown = withoutTrailingBlanks(([head] + rest).joined(separator: "  "))
      return index == 0 ? style.paint(shown, .emphasis) : shown
    }
  }
}

/// A text without blanks at its end.
func withoutTrailingBlanks(_ text: String) -> String {
  var text = text[...]
  while text.last == " " { text.removeLast() }
  return String(text)
}
