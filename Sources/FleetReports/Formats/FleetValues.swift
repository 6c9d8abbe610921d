import CSPCatalog
import PolicyModel

/// The report's parts as JSON, the same in both formats that have them.
struct FleetValues {
  let report: FleetReport

  /// A device: every column by its id, null where there is nothing.
  func device(_ row: FleetRow) -> [JSONMember] {
    FleetColumn.allCases.map { JSONMember($0.rawValue, text(row.texts[$0])) } + [
      JSONMember("attestation_status", .string(row.state.rawValue)),
      JSONMember("status_detail", text(row.statuses.first?.rawValue)),
      JSONMember("other_statuses", names(row.statuses.dropFirst().map(\.rawValue))),
      JSONMember("verdict", .string(row.verdict.rawValue)), JSONMember("branch", text(row.branch?.name)),
      JSONMember("failed_rules", names(report.policy.ruleNames(row.failed))),
      JSONMember("unknown_rules", names(report.policy.ruleNames(row.unknown))),
      JSONMember("warnings", names(report.policy.ruleNames(row.warned))),
      JSONMember("remedies", names(row.remedies.map(\.rawValue))), JSONMember("line", number(row.line)),
    ]
  }

  /// A row of the input that could not be read.
  func problem(_ problem: FleetProblem) -> [JSONMember] {
    [JSONMember("line", number(problem.line)), JSONMember("reason", .string(problem.reason))]
  }

  /// The policy that the devices were judged by.
  var policy: JSONValue {
    let title = report.policy.title.map { [JSONMember("title", .string($0))] } ?? []
    return .object(
      title + [
        JSONMember("name", .string(report.policy.name)),
        JSONMember("version", .string(report.policy.version.description)),
      ])
  }

  /// The counts of all rows, and how many devices are listed.
  var counts: JSONValue {
    let counts = report.counts
    let states = AttestationState.allCases.map {
      JSONMember($0.rawValue, number(counts.states[$0, default: 0]))
    }
    let statuses = KnownStatus.allCases.map {
      JSONMember($0.rawValue, number(counts.statuses[$0, default: 0]))
    }
    let none = JSONMember(FleetFilter.noStatus, number(counts.statuses[nil, default: 0]))
    return .object([
      JSONMember("rows", number(counts.rows)), JSONMember("devices", number(counts.devices)),
      JSONMember("problems", number(counts.problems)), JSONMember("listed", number(report.rows.count)),
      JSONMember("verdicts", verdicts(counts.verdicts)), JSONMember("attestation_statuses", .object(states)),
      JSONMember("status_details", .object(statuses + [none])),
      JSONMember("branches", .array(counts.branchesInOrder.map(branch))),
    ])
  }

  private func branch(_ branch: WindowsBranch?) -> JSONValue {
    let verdicts = report.counts.branches[branch, default: [:]]
    return .object([
      JSONMember("branch", text(branch?.name)), JSONMember("devices", number(verdicts.values.reduce(0, +))),
      JSONMember("verdicts", self.verdicts(verdicts)),
    ])
  }

  /// The devices that the input has more than once.
  var repeats: JSONValue {
    let devices = report.repeats.devices.map { device -> JSONValue in
      .object([
        JSONMember("device_id", text(device.id)), JSONMember("device_name", text(device.name)),
        JSONMember("rows", number(device.rows)),
        JSONMember("lines", .array(device.lines.map(number))),
      ])
    }
    return .object([
      JSONMember("count", number(report.repeats.count)), JSONMember("first", .array(devices)),
    ])
  }

  private func verdicts(_ counts: [Verdict: Int]) -> JSONValue {
    .object(Verdict.allCases.map { JSONMember($0.rawValue, number(counts[$0, default: 0])) })
  }

  private func number(_ number: Int) -> JSONValue { .exact(Int64(number)) }
  private func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  private func names(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }
}
