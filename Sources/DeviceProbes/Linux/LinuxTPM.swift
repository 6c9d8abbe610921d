import PolicyModel

/// The TPM, as the kernel lists it under /sys/class/tpm.
struct LinuxTPM {
  let files: LinuxFiles

  private static let folder = "/sys/class/tpm"

  func findings() -> FactFindings {
    var findings = FactFindings()
    let others = ["tpm.version", "tpm.pcr_sha1", "tpm.pcr_sha256", "tpm.pcr_sha384"]
    guard let names = files.names(Self.folder) else {
      let reason = "there is no \(Self.folder) that would say whether there is a TPM"
      for fact in ["tpm.present"] + others { findings.miss(fact, reason) }
      return findings
    }
    let tpms = names.filter { $0.hasPrefix("tpm") && Int($0.dropFirst(3)) != nil }
    findings.set("tpm.present", .bool(!tpms.isEmpty))
    guard let tpm = tpms.first, tpms.count == 1 else {
      let reason = tpms.isEmpty ? "the device has no TPM" : "the kernel lists \(tpms.count) TPMs"
      for fact in others { findings.miss(fact, reason) }
      return findings
    }
    read("\(Self.folder)/\(tpm)", &findings)
    return findings
  }

  private func read(_ folder: String, _ findings: inout FactFindings) {
    let path = "\(folder)/tpm_version_major"
    var isOld = false
    switch files.number(path) {
    case .success(2): findings.set("tpm.version", .version(Version(2, 0, written: 2)))
    case .success(1):
      isOld = true
      findings.set("tpm.version", .version(Version(1, 2, written: 2)))
    case .success(let other):
      findings.miss("tpm.version", "'\(path)' holds \(other), which is no family of TPMs")
    case .failure(let unread): findings.miss("tpm.version", unread.reason)
    }
    // The kernel makes a folder for each bank that is active, since 5.12; it makes none for inactive ones.
    let banks = (files.names(folder) ?? []).filter { $0.hasPrefix("pcr-") }
    for algorithm in ["sha1", "sha256", "sha384"] {
      let fact = "tpm.pcr_\(algorithm)"
      if isOld {
        findings.miss(fact, "the TPM is of version 1.2")
      } else if banks.isEmpty {
        findings.miss(fact, "there is no '\(folder)/pcr-…', which kernels before 5.12 do not show")
      } else {
        findings.set(fact, .bool(banks.contains("pcr-\(algorithm)")))
      }
    }
  }
}
