import Diagnostics
import PolicyModel
import TPMEvidence

/// What a boot log says, and how it compares with PCR values from elsewhere, for people and for machines.
///
/// docs/boot-evidence.md has what a log proves. Text that strangers wrote is shown so that it cannot act on a terminal.
package struct BootLogReport: Sendable {
  /// Values that the log was compared with.
  package struct Comparison: Sendable {
    /// Whose values they are: a file, a TPM.
    package let source: String
    /// What came of it.
    package let result: PCRComparison

    /// A comparison with values of a source.
    package init(source: String, result: PCRComparison) {
      self.source = source
      self.result = result
    }
  }

  let name: String
  let log: EventLog
  let evidence: BootEvidence
  let facts: [(name: String, finding: BootFinding<Value>)]
  let comparison: Comparison?
  let listsEvents: Bool
  let starts: BootLogStarts?
  /// The replayed values of each bank; nil for a bank that cannot be computed.
  let replays: [PCRReplay?]

  /// A report of a log.
  ///
  /// - Parameters:
  ///   - name: The name of its file.
  ///   - facts: What it says of the facts of the catalogue.
  ///   - comparison: Values that it was compared with, if there were any.
  ///   - listsEvents: Whether every event is shown.
  ///   - starts: The logs that were given, where there are several.
  package init(
    _ name: String, _ log: EventLog, _ evidence: BootEvidence, facts: [String: BootFinding<Value>],
    comparison: Comparison?, listsEvents: Bool, starts: BootLogStarts? = nil
  ) {
    self.name = name
    self.log = log
    self.evidence = evidence
    self.facts = facts.map { (name: $0.key, finding: $0.value) }.sorted { $0.name < $1.name }
    self.comparison = comparison
    self.listsEvents = listsEvents
    self.starts = starts
    replays = log.banks.indices.map { log.replay(bank: $0) }
  }

  /// What the program ends with: 0; compared, 1 when a register diverges, and 3 when none could be compared.
  package var exitCode: Int32 {
    guard let result = comparison?.result else { return 0 }
    if !result.divergences.isEmpty { return 1 }
    return result.agreeing.isEmpty ? 3 : 0
  }

  /// `agrees`, `diverges` or `not_comparable`; nil without a comparison.
  var verdict: String? {
    guard comparison != nil else { return nil }
    switch exitCode {
    case 0: return "agrees"
    case 1: return "diverges"
    default: return "not_comparable"
    }
  }

  /// How many events extended each register.
  var eventCounts: [Int] {
    var counts = [Int](repeating: 0, count: log.registers == .pcrs ? 24 : 5)
    for event in log.events where event.isExtended && Int(event.register) < counts.count {
      counts[Int(event.register)] += 1
    }
    return counts
  }
}
