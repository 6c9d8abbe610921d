import PolicyModel

/// Which devices of a report to ask to attest, in which batches and when. Nothing is sent by making one.
///
/// A device is asked when all of its statuses allow another attempt, or when it has none and has not started. Every other row is left out, with the reason.
package struct AttestPlan: Sendable {
  /// A device to ask.
  package struct Device: Hashable, Sendable {
    /// The line of the input on which its row begins, from 1.
    package let line: Int
    /// Its ID.
    package let id: ManagedDeviceID
    /// Its name, nil where the input has none.
    package let name: String?
    /// Its statuses, the most fundamental first; empty for one that has not started.
    package fileprivate(set) var statuses: [KnownStatus]
    /// What has to be done before the attempt can succeed, in order.
    package fileprivate(set) var remedies: [KnownRemedy]
  }

  /// Devices that are asked at the same time.
  package struct Batch: Hashable, Sendable {
    /// When to send it, in seconds from the start of its stage.
    package let start: Int
    /// At most ``AttestAction/devicesPerBatch`` devices.
    package let devices: [Device]

    /// The devices by the JSON batch that asks them, at most ``AttestAction/requestsPerCall`` in each.
    package var calls: [ArraySlice<Device>] { devices[...].chunks(of: AttestAction.requestsPerCall) }
  }

  /// Batches that can follow each other. Both stages of a plan begin at 0 seconds.
  package struct Stage: Hashable, Sendable {
    /// The batches, each at least ``AttestAction/secondsBetweenBatches`` after the one before.
    package let batches: [Batch]

    init(_ devices: [Device]) {
      batches = devices[...].chunks(of: AttestAction.devicesPerBatch).enumerated().map { number, devices in
        Batch(start: number * AttestAction.secondsBetweenBatches, devices: Array(devices))
      }
    }

    /// How many devices are asked.
    package var count: Int { batches.reduce(0) { $0 + $1.devices.count } }

    /// The seconds from the start until every device can be expected to have attested.
    package var seconds: Int { batches.last.map { $0.start + AttestAction.secondsOfAttestation } ?? 0 }
  }

  /// A row that asks for nothing.
  package struct Omitted: Hashable, Sendable {
    /// The row.
    package let row: FleetRow
    /// Why.
    package let reason: AttestPlanOmission
  }

  /// The policy that the fleet was judged by.
  package let policy: CompiledPolicy
  /// The devices that can attest as they are.
  package let now: Stage
  /// The devices of which a failed rule names something to do first.
  package let afterMending: Stage
  /// The rows that are left out, in the order of the report.
  package let omitted: [Omitted]
  /// How many rows of the input could not be read, and so are in no list.
  package let unreadable: Int

  /// How many rows of the report the plan is made from.
  package var rows: Int { now.count + afterMending.count + omitted.count }

  /// How many rows are left out for each reason that there is.
  package var reasons: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for row in omitted { counts[row.reason.name, default: 0] += 1 }
    return AttestPlanOmission.names.compactMap { name in counts[name].map { (name, $0) } }
  }

  /// The plan for the rows of a report.
  package init(_ report: FleetReport) {
    policy = report.policy
    unreadable = report.counts.problems
    var rows = report.rows.map { PlannedRow($0, policy: report.policy) }
    Self.settleRepeats(&rows)
    var ready: [Device] = []
    var waiting: [Device] = []
    var omitted: [Omitted] = []
    for row in rows {
      switch row.decision {
      case .ask(let device) where device.remedies.isEmpty: ready.append(device)
      case .ask(let device): waiting.append(device)
      case .leave(let reason): omitted.append(Omitted(row: row.row, reason: reason))
      }
    }
    now = Stage(ready)
    afterMending = Stage(waiting)
    self.omitted = omitted
  }

  /// Sees to it that a device with several rows is asked once, for all that they say, and not at all when one of them speaks against it.
  private static func settleRepeats(_ rows: inout [PlannedRow]) {
    var firsts: [ManagedDeviceID: Int] = [:]
    var refusals: [ManagedDeviceID: Int] = [:]
    for index in rows.indices {
      guard let id = rows[index].id else { continue }
      switch rows[index].decision {
      case .leave:
        if refusals[id] == nil { refusals[id] = rows[index].row.line }
      case .ask(let device):
        guard let first = firsts[id], case .ask(var asked) = rows[first].decision else {
          firsts[id] = index
          continue
        }
        asked.statuses += device.statuses.filter { !asked.statuses.contains($0) }
        asked.remedies += device.remedies.filter { !asked.remedies.contains($0) }
        rows[first].decision = .ask(asked)
        rows[index].decision = .leave(.sameDevice(line: rows[first].row.line))
      }
    }
    guard !refusals.isEmpty else { return }
    for index in rows.indices {
      guard let id = rows[index].id, let line = refusals[id] else { continue }
      switch rows[index].decision {
      case .ask, .leave(.sameDevice): rows[index].decision = .leave(.contradicted(line: line))
      case .leave: break
      }
    }
  }
}

/// A row of the report and what the plan does with it.
private struct PlannedRow {
  enum Decision {
    case ask(AttestPlan.Device)
    case leave(AttestPlanOmission)
  }

  let row: FleetRow
  let id: ManagedDeviceID?
  var decision: Decision

  init(_ row: FleetRow, policy: CompiledPolicy) {
    self.row = row
    id = row.texts[.deviceID].flatMap { ManagedDeviceID($0) }
    if let reason = Self.reasonToLeave(row) {
      decision = .leave(reason)
    } else if let id {
      var remedies: [KnownRemedy] = []
      for index in row.failed where policy.rules.indices.contains(index) {
        guard let remedy = policy.rules[index].remedy.flatMap({ KnownRemedy(rawValue: $0) }),
          remedy != .retryAttestation, !remedies.contains(remedy)
        else { continue }
        remedies.append(remedy)
      }
      decision = .ask(
        AttestPlan.Device(
          line: row.line, id: id, name: row.texts[.deviceName], statuses: row.statuses, remedies: remedies))
    } else {
      decision = .leave(row.texts[.deviceID] == nil ? .noDeviceID : .notAGUID)
    }
  }

  /// Why a device is not asked, its ID aside.
  private static func reasonToLeave(_ row: FleetRow) -> AttestPlanOmission? {
    if row.verdict == .notApplicable { return .notApplicable }
    if let status = row.statuses.first(where: { !$0.retryCanHelp }) { return .retryCannotHelp(status) }
    if !row.statuses.isEmpty { return nil }
    if row.verdict == .fail { return .noStatus }
    switch row.state {
    case .notStarted: return nil
    case .inProgress:
      return KnownStatus.attestationInProcess.retryCanHelp ? nil : .retryCannotHelp(.attestationInProcess)
    case .completed, .failed, .unknown: return row.verdict == .pass ? .complies : .unknown
    }
  }
}

extension ArraySlice {
  /// The elements in order, in slices of at most so many.
  fileprivate func chunks(of size: Int) -> [ArraySlice] {
    stride(from: startIndex, to: endIndex, by: size).map { self[$0..<Swift.min($0 + size, endIndex)] }
  }
}
