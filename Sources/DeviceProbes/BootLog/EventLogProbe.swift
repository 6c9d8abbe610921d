import FileAccess
import PolicyModel
import TPMEvidence

/// `eventlog:FILE`: a boot log of the TCG, as Windows keeps it under `Logs\MeasuredBoot` and Linux in `binary_bios_measurements`.
///
/// What it says is reported: only a quote of the TPM that made it could attest it, and a file brings none.
package struct EventLogProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String

  package init(path: String) { self.path = path }

  /// `eventlog:PATH`
  package var name: String { "eventlog:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// The facts that a boot log gives.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: BootLogFacts.names.map { ($0, EvidenceLevel.reported) }))
  }

  /// Reads the log and judges it.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name)).intersection(BootLogFacts.names)
    guard !wanted.isEmpty else { return [:] }
    let log = try log()
    var observations: [String: Observation] = [:]
    for (name, finding) in BootLogFacts.findings(of: BootEvidence(log)) where wanted.contains(name) {
      switch finding {
      case .known(let value): observations[name] = Observation(.value(value), source: self.name)
      case .unknown(let reason): observations[name] = Observation(.unknown(reason: reason), source: self.name)
      }
    }
    return observations
  }

  /// The log itself.
  package func log() throws(ProbeError) -> EventLog {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: EventLogLimits().bytes)
    } catch {
      throw .file(error)
    }
    do throws(EventLogError) {
      return try EventLog(bytes)
    } catch {
      throw .bootLog(path: path == "-" ? standardInputName : path, error)
    }
  }
}
