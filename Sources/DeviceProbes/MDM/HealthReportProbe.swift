import PolicyModel

/// `dha:FILE`: a report of the Device Health Attestation service.
///
/// The service checked the boot log against the TPM, and the report itself bears no signature: whoever received it knows by the TLS
/// connection where it comes from, and a file does not. All of it is reported.
package struct HealthReportProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String

  package init(path: String) { self.path = path }

  /// `dha:PATH`
  package var name: String { "dha:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// The facts that a report gives.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: HealthReportFacts.names.map { ($0, EvidenceLevel.reported) }))
  }

  /// Reads the report.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name)).intersection(HealthReportFacts.names)
    guard !wanted.isEmpty else { return [:] }
    let bytes = try readSource(path, limit: HealthReport.byteLimit)
    let report: HealthReport
    do throws(HealthReport.Problem) {
      report = try HealthReport(bytes)
    } catch {
      throw .content(path: shownPath(path), SnapshotError(error))
    }
    return HealthReportFacts.findings(of: report).observations(of: wanted, source: name)
  }
}

extension SnapshotError {
  fileprivate init(_ problem: HealthReport.Problem) {
    switch problem {
    case .xml(let error): self.init(error)
    case .otherRoot(let name):
      self.init(
        "it is no health attestation report: the outermost element is '\(name)', where HealthCertificateValidationResponse belongs",
        at: nil)
    }
  }
}
