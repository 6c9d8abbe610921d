import DeviceReports
import Diagnostics
import PolicyModel

/// What the page's script reads: the report as JSON, in both languages, and small.
///
/// Devices of which the policy says the same share one entry of `outcomes`, and columns of few different texts are a
/// table of those and an index a device.
struct PageData {
  private let report: FleetReport
  private let language: ReportLanguage

  init(_ report: FleetReport, language: ReportLanguage) {
    self.report = report
    self.language = language
  }

  /// The columns in the order of the page: what the policy says stands next to the name.
  private static let columns: [ReportColumn] =
    [.told(.deviceName), .verdict, .attestationStatus, .statusDetail, .failedRules, .remedies, .told(.upn)]
    + FleetColumn.allCases.dropFirst(3).map { .told($0) } + [.told(.deviceID)]

  /// The data, which can stand in a `script` element.
  func bytes() -> [UInt8] {
    let outcomes = Indexed(report.rows.lazy.map(Outcome.init))
    let branches = Set(report.rows.compactMap(\.branch)).sorted { $0.build < $1.build }
    let places = Dictionary(uniqueKeysWithValues: branches.enumerated().map { ($0.element.build, $0.offset) })
    return ScriptJSON.object([
      ("language", ScriptJSON.text(language.rawValue)),
      ("texts", ScriptJSON.object(PageText.allCases.map { ($0.rawValue, ScriptJSON.localized($0.text)) })),
      ("policy", policy), ("counts", counts), ("repeats", repeats),
      ("verdicts", named(Verdict.allCases) { $0.title }),
      ("states", named(AttestationState.allCases) { $0.title }),
      ("statuses", statuses), ("branches", ScriptJSON.texts(branches.map(\.name))), ("rules", rules),
      ("remedies", remedies), ("columns", ScriptJSON.array(Self.columns.map(column))),
      ("outcomes", ScriptJSON.array(outcomes.values.map { $0.json(places) })),
      ("devices", ScriptJSON.numbers(outcomes.indices)),
      ("lines", ScriptJSON.numbers(report.rows.lazy.map(\.line))),
      (
        "problems",
        ScriptJSON.array(
          report.problems.lazy.map { problem in
            ScriptJSON.array([ScriptJSON.number(problem.line), ScriptJSON.text(safeLine(problem.reason))])
          })
      ),
    ])
  }

  private var policy: [UInt8] {
    ScriptJSON.object([
      ("name", ScriptJSON.text(report.policy.name)),
      ("version", ScriptJSON.text(report.policy.version.description)),
      (
        "titles",
        ScriptJSON.object(
          ReportLanguage.allCases.map { language in
            (language.rawValue, ScriptJSON.text(safeLine(report.policy.pageTitle(in: language) ?? "")))
          })
      ),
    ])
  }

  private var counts: [UInt8] {
    ScriptJSON.object([
      ("rows", ScriptJSON.number(report.counts.rows)), ("devices", ScriptJSON.number(report.counts.devices)),
      ("problems", ScriptJSON.number(report.counts.problems)),
      ("verdicts", ScriptJSON.numbers(Verdict.allCases.map { report.counts.verdicts[$0] ?? 0 })),
    ])
  }

  private var repeats: [UInt8] {
    ScriptJSON.object([
      ("count", ScriptJSON.number(report.repeats.count)),
      (
        "devices",
        ScriptJSON.array(
          report.repeats.devices.map { device in
            ScriptJSON.array([
              ScriptJSON.text(safeLine(device.title)), ScriptJSON.number(device.rows),
              ScriptJSON.numbers(device.lines),
            ])
          })
      ),
    ])
  }

  private func named<Value: RawRepresentable<String>>(
    _ values: [Value], _ title: (Value) -> LocalizedText
  ) -> [UInt8] {
    ScriptJSON.array(
      values.map { value in
        ScriptJSON.object([
          ("id", ScriptJSON.text(value.rawValue)), ("title", ScriptJSON.localized(title(value))),
        ])
      })
  }

  private var statuses: [UInt8] {
    ScriptJSON.array(
      KnownStatus.allCases.map { status in
        ScriptJSON.object([
          ("id", ScriptJSON.text(status.rawValue)), ("title", ScriptJSON.localized(status.title)),
          ("meaning", ScriptJSON.localized(StatusDetail(status).meaning)),
          ("retry", ScriptJSON.number(status.retryCanHelp ? 1 : 0)),
        ])
      })
  }

  private var rules: [UInt8] {
    ScriptJSON.array(
      report.policy.rules.map { rule in
        let messages = ReportLanguage.allCases.map { language in
          let message = rule.pageMessage(in: report.policy, language)
          return (
            language.rawValue,
            ScriptJSON.object([
              ("text", ScriptJSON.text(safeLine(message.text))),
              ("language", ScriptJSON.text(message.language)),
            ])
          )
        }
        return ScriptJSON.object([
          ("name", ScriptJSON.text(safeLine(rule.name))),
          ("severity", ScriptJSON.text(rule.severity.rawValue)),
          ("unknownAllowed", ScriptJSON.number(rule.allowsUnknown ? 1 : 0)),
          ("source", ScriptJSON.text(safeLine(rule.source))), ("message", ScriptJSON.object(messages)),
        ])
      })
  }

  /// The remedies. One that destroys never goes without what must be done before.
  private var remedies: [UInt8] {
    ScriptJSON.array(
      KnownRemedy.allCases.map { remedy in
        let runbook = remedy.runbook
        return ScriptJSON.object([
          ("id", ScriptJSON.text(remedy.rawValue)),
          ("title", ScriptJSON.localized(runbook.title)),
          ("impact", ScriptJSON.text(runbook.impact.rawValue)),
          ("before", ScriptJSON.array(runbook.before.map { ScriptJSON.localized($0.text) })),
        ])
      })
  }

  private func column(_ column: ReportColumn) -> [UInt8] {
    var members = [("id", ScriptJSON.text(column.id)), ("title", ScriptJSON.localized(column.title))]
    guard case .told(let told) = column else { return ScriptJSON.object(members) }
    let texts = report.rows.map { safeLine($0.texts[told] ?? "") }
    let indexed = Indexed(texts)
    // The page filters by ownership, for which it needs the table.
    if told == .ownership || indexed.values.count <= texts.count / 4 {
      members.append(("table", ScriptJSON.texts(indexed.values)))
      members.append(("places", ScriptJSON.numbers(indexed.indices)))
    } else {
      members.append(("texts", ScriptJSON.texts(texts)))
    }
    return ScriptJSON.object(members)
  }
}

/// Values, each once, and which of them stands at each place.
private struct Indexed<Value: Hashable> {
  private(set) var values: [Value] = []
  private(set) var indices: [Int] = []

  init(_ sequence: some Sequence<Value>) {
    var places: [Value: Int] = [:]
    for value in sequence {
      if let place = places[value] {
        indices.append(place)
      } else {
        places[value] = values.count
        indices.append(values.count)
        values.append(value)
      }
    }
  }
}

/// What the policy says of a device.
private struct Outcome: Hashable {
  let verdict: Verdict
  let state: AttestationState
  let statuses: [KnownStatus]
  let branch: UInt32?
  let failed: [Int]
  let unknown: [Int]
  let warned: [Int]
  let remedies: [KnownRemedy]

  init(_ row: FleetRow) {
    verdict = row.verdict
    state = row.state
    statuses = row.statuses
    branch = row.branch?.build
    failed = row.failed
    unknown = row.unknown
    warned = row.warned
    remedies = row.remedies
  }

  /// An array of indices into the tables of the data, -1 for no branch.
  func json(_ branches: [UInt32: Int]) -> [UInt8] {
    ScriptJSON.array([
      ScriptJSON.number(place(of: verdict)), ScriptJSON.number(place(of: state)),
      ScriptJSON.numbers(statuses.map(place)),
      ScriptJSON.number(branch.flatMap { branches[$0] } ?? -1), ScriptJSON.numbers(failed),
      ScriptJSON.numbers(unknown), ScriptJSON.numbers(warned), ScriptJSON.numbers(remedies.map(place)),
    ])
  }

  private func place<Value: CaseIterable & Equatable>(of value: Value) -> Int {
    Array(Value.allCases).firstIndex(of: value) ?? 0
  }
}

extension Verdict {
  /// The verdict as a title.
  fileprivate var title: LocalizedText { LocalizedText { capitalized(text(in: $0)) } }
}

extension KnownStatus {
  /// The status as a title.
  fileprivate var title: LocalizedText { LocalizedText { capitalized(text(in: $0)) } }
}

private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
