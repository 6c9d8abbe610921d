import PolicyModel

/// `tpm` or `tpm:TCTI`: a TPM 2.0, asked through tpm2-tss.
///
/// What it answers is reported: nothing is signed, and the operating system stands between.
package struct TPMProbe: DeviceProbe {
  /// The TCTI string of tpm2-tss that says how the TPM is reached.
  package let tcti: String
  /// How long the TPM may take, in seconds.
  package let seconds: Int
  private let devices: TPMDevices
  private let loadLibrary: @Sendable () -> TSSLibrary?

  /// The kernel's resource manager for the first TPM.
  package static let defaultTCTI = "device:/dev/tpmrm0"

  /// A probe of the TPM behind a TCTI.
  package init(tcti: String = TPMProbe.defaultTCTI, seconds: Int = 10) {
    self.init(tcti: tcti, seconds: seconds, devices: TPMDevices())
  }

  init(
    tcti: String, seconds: Int, devices: TPMDevices,
    loadLibrary: @escaping @Sendable () -> TSSLibrary? = { TSSLibrary.installed }
  ) {
    self.loadLibrary = loadLibrary
    self.tcti = tcti
    self.seconds = min(max(seconds, 1), 3600)
    self.devices = devices
  }

  /// `tpm:TCTI`
  package var name: String { "tpm:\(tcti)" }

  /// The facts that a TPM answers.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: TPMFacts.names.map { ($0, EvidenceLevel.reported) }))
  }

  /// Asks the TPM for those of the facts that it can answer. It never throws: what fails is unknown.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name)).intersection(TPMFacts.names)
    guard !wanted.isEmpty else { return [:] }
    var result: [String: Observation] = [:]
    for (name, answer) in answers(wanted) {
      switch answer {
      case .success(let value): result[name] = Observation(.value(value), source: self.name)
      case .failure(let failure):
        result[name] = Observation(.unknown(reason: failure.reason), source: self.name)
      }
    }
    return result
  }

  private func answers(_ wanted: Set<String>) -> [String: TPMFacts.Answer] {
    if let known = answersWithoutAsking(wanted) { return known }
    guard let library = loadLibrary() else {
      return all(wanted, "libtss2-esys is not installed; on Debian and Ubuntu it comes with tpm2-tools")
    }
    let tcti = tcti
    let answers = TimeLimit.run(seconds: seconds) { () -> [String: TPMFacts.Answer] in
      do throws(TPMFailure) {
        return TPMFacts.read(wanted, from: try TPMConnection(tcti, library: library))
      } catch {
        return Dictionary(uniqueKeysWithValues: wanted.map { ($0, .failure(error)) })
      }
    }
    return answers ?? all(wanted, "the TPM behind '\(tcti)' did not answer within \(seconds) s")
  }

  /// What the device files tell, when the TPM is one of the kernel and cannot be asked.
  private func answersWithoutAsking(_ wanted: Set<String>) -> [String: TPMFacts.Answer]? {
    switch devices.find(tcti) {
    case nil, .usable: return nil
    case .undecided(let reason): return all(wanted, reason)
    case .absent:
      var answers = all(wanted, "the device has no TPM")
      if wanted.contains("tpm.present") { answers["tpm.present"] = .success(.bool(false)) }
      return answers
    case .version12:
      var answers = all(wanted, "the TPM is of version 1.2, which this probe cannot ask")
      if wanted.contains("tpm.present") { answers["tpm.present"] = .success(.bool(true)) }
      if wanted.contains("tpm.version") {
        answers["tpm.version"] = .success(.version(Version(1, 2, written: 2)))
      }
      return answers
    }
  }

  private func all(_ wanted: Set<String>, _ reason: String) -> [String: TPMFacts.Answer] {
    Dictionary(uniqueKeysWithValues: wanted.map { ($0, .failure(TPMFailure(reason: reason))) })
  }
}
