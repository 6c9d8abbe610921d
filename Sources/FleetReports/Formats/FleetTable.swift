import DeviceReports
import Diagnostics
import PolicyModel

/// The devices of a report as lines of a table that fits the terminal; what does not fit is cut.
struct FleetTable {
  /// No column is made narrower than this.
  private static let narrowest = 8
  /// No column is made wider than this.
  private static let widest = 60

  private let report: FleetReport
  private let language: ReportLanguage
  private let style: TerminalStyle
  private let marks: Marks
  private let titles: [String]
  private var widths: [Int] = []

  init(_ report: FleetReport, language: ReportLanguage, style: TerminalStyle) {
    self.report = report
    self.language = language
    self.style = style
    marks = Marks(style.repertoire)
    let columns: [ReportColumn] = [
      .told(.deviceName), .attestationStatus, .statusDetail, .told(.osVersion), .failedRules, .remedies,
    ]
    let rules = language.choose("Rules", "ルール")
    titles = columns.map { column in
      style.line(column == .failedRules ? rules : column.title[language])
    }
    widths = titles.map { displayWidth(of: $0) }
    for row in report.rows {
      for (index, cell) in cells(of: row).enumerated() where widths[index] < Self.widest {
        widths[index] = min(max(widths[index], displayWidth(of: cell)), Self.widest)
      }
    }
    fit()
  }

  /// Takes cells from the widest column, one by one, until the table fits or every column is narrow.
  private mutating func fit() {
    let room = style.columns - 4 - 2 * (widths.count - 1)
    while widths.reduce(0, +) > room, let widest = widths.max(), widest > Self.narrowest,
      let index = widths.lastIndex(of: widest)
    {
      widths[index] -= 1
    }
  }

  /// The line of the headings.
  var heading: String { style.paint("    " + joined(titles), .emphasis) }

  /// The line of a device.
  func line(of row: FleetRow) -> String {
    "  " + style.paint(marks.mark(of: row.verdict), ink(of: row.verdict)) + " " + joined(cells(of: row))
  }

  private func cells(of row: FleetRow) -> [String] {
    let name = row.texts[.deviceName] ?? row.texts[.deviceID]
    let line = language.choose("line \(row.line)", "\(row.line) 行目")
    let texts = [
      name ?? line, row.state.title[language], row.statuses.first?.text(in: language) ?? "",
      row.texts[.osVersion] ?? "", rules(of: row), row.remedies.map(\.rawValue).joined(separator: ", "),
    ]
    return texts.map { style.line($0) }
  }

  /// The most names of rules that a line spends on what may be unknown.
  private static let namedAllowances = 2

  /// The rules that say something: those that fail by their names, the others with a mark. Last, in parentheses, those that
  /// are unknown and may be; many of them only by their number.
  private func rules(of row: FleetRow) -> String {
    let unknown = { (index: Int) in "\(marks.unknown)\(report.policy.rules[index].name)" }
    let allowed = row.unknown.filter { report.policy.rules[$0].allowsUnknown }
    var names =
      report.policy.ruleNames(row.failed)
      + row.unknown.filter { !report.policy.rules[$0].allowsUnknown }.map(unknown)
      + report.policy.ruleNames(row.warned).map { "\(marks.warning)\($0)" }
    if allowed.count > Self.namedAllowances {
      names.append(language.choose("(\(allowed.count) may be unknown)", "(不明でも可: \(allowed.count) 件)"))
    } else if !allowed.isEmpty {
      names.append("(" + allowed.map(unknown).joined(separator: ", ") + ")")
    }
    return names.joined(separator: ", ")
  }

  private func joined(_ cells: [String]) -> String {
    withoutTrailingBlanks(zip(cells, widths).map { padded(cut($0, to: $1), to: $1) }.joined(separator: "  "))
  }

  private func cut(_ text: String, to width: Int) -> String {
    guard displayWidth(of: text) > width else { return text }
    let ellipsis = style.repertoire == .ascii ? "..." : "…"
    var kept = ""
    var left = width - displayWidth(of: ellipsis)
    for character in text {
      left -= displayWidth(of: String(character))
      if left < 0 { break }
      kept.append(character)
    }
    return kept + ellipsis
  }

  private func ink(of verdict: Verdict) -> Ink {
    switch verdict {
    case .pass: .success
    case .fail: .severity(.error)
    case .indeterminate: .severity(.warning)
    case .notApplicable: .secondary
    }
  }
}
