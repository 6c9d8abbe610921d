import PolicyModel
import TPMEvidence

/// The facts that a boot log gives, each with what it rests on. docs/boot-evidence.md has the rules.
package enum BootLogFacts {
  static let names: [String] = [
    "boot.secure_boot", "boot.uefi", "boot.debugging", "boot.kernel_debugging", "boot.test_signing",
    "boot.flight_signing", "boot.code_integrity", "boot.safe_mode", "boot.winpe", "boot.elam", "vbs.running",
    "hvci.status",
  ]

  /// The PCRs that facts rest on: what does not have all of them does not vouch for the facts.
  enum Basis: CaseIterable {
    case secureBoot, start, windows

    var registers: [Int] {
      switch self {
      case .secureBoot: [7]
      case .start: [4, 5, 7]
      // Those of Windows, and those that tell that it was Windows which extended them.
      case .windows: [4, 7, 11, 12, 13, 14]
      }
    }

    var facts: [String] {
      switch self {
      case .secureBoot: ["boot.secure_boot"]
      case .start: ["boot.uefi"]
      case .windows: BootLogFacts.names.filter { !["boot.secure_boot", "boot.uefi"].contains($0) }
      }
    }
  }

  /// The facts as a log tells them: a value, or why the log does not support any.
  package static func findings(of evidence: BootEvidence) -> [String: BootFinding<Value>] {
    let windows = evidence.windows
    // A log that does not have the start of the kernel has no word about it, whatever the boot manager said of itself.
    let start = windows.startedKernel
    func ofKernel(_ finding: BootFinding<Value>) -> BootFinding<Value> {
      start.reason.map { .unknown($0) } ?? finding
    }
    return [
      "boot.secure_boot": evidence.secureBoot.isOn.map { .symbol($0 ? "on" : "off") },
      "boot.uefi": evidence.isUEFI.map { .bool($0) },
      "boot.debugging": ofKernel(windows.isBootDebugged.map { .bool($0) }),
      "boot.kernel_debugging": ofKernel(windows.isKernelDebugged.map { .bool($0) }),
      "boot.test_signing": ofKernel(windows.acceptsTestSignatures.map { .bool($0) }),
      "boot.flight_signing": ofKernel(windows.acceptsFlightSignatures.map { .bool($0) }),
      "boot.code_integrity": ofKernel(windows.hasCodeIntegrity.map { .bool($0) }),
      "boot.safe_mode": ofKernel(windows.isSafeMode.map { .bool($0) }),
      "boot.winpe": ofKernel(windows.isWinPE.map { .bool($0) }),
      // Silence is no answer: an older loader may not have said it.
      "boot.elam": ofKernel(windows.antimalwareDrivers.map { _ in .bool(true) }),
      "vbs.running": ofKernel(isRunning(windows).map { .bool($0) }),
      "hvci.status": ofKernel(codeIntegrityStatus(windows)),
    ]
  }

  /// The facts by the logs of a kernel's start and of its resumes since. What any stage says, at the start or at a resume, is joined on the unsafe
  /// side; what a resume does not say again is that of the start.
  package static func findings(of start: KernelStart) -> [String: BootFinding<Value>] {
    guard let first = start.logs.first else { return [:] }
    var facts = findings(of: first)
    let windows = start.logs.map(\.windows)
    facts["boot.debugging"] = joined(windows.map(\.isBootDebugged), unsafe: true)
    facts["boot.test_signing"] = joined(windows.map(\.acceptsTestSignatures), unsafe: true)
    facts["boot.flight_signing"] = joined(windows.map(\.acceptsFlightSignatures), unsafe: true)
    facts["boot.code_integrity"] = joined(windows.map(\.hasCodeIntegrity), unsafe: false)
    return facts
  }

  /// The facts of a log beside what the logs of earlier starts say of the kernel that it resumed; nil where it resumed none, or there are none.
  package static func findings(
    of evidence: BootEvidence, resumedFrom start: BootFinding<KernelStart>?
  ) -> [String: BootFinding<Value>] {
    var facts = findings(of: evidence)
    guard let start else { return facts }
    let resumed = start.value.map(findings(of:)) ?? [:]
    for name in Basis.windows.facts {
      facts[name] = resumed[name] ?? .unknown(start.reason.map(resumeDoubt) ?? "")
    }
    return facts
  }

  /// Why the logs of earlier starts do not tell what a resumed kernel was started as.
  static func resumeDoubt(_ reason: String) -> String {
    "the log is of a resume from hibernation, and those of the starts before it do not help: \(reason)"
  }

  private static func joined(_ findings: [BootFinding<Bool>], unsafe: Bool) -> BootFinding<Value> {
    let unsafeOne = findings.first { $0.value == unsafe }
    let finding = unsafeOne ?? findings.first { $0.value == nil } ?? .known(!unsafe)
    return finding.map { .bool($0) }
  }

  private static func isRunning(_ windows: WindowsBootEvidence) -> BootFinding<Bool> {
    switch windows.vsmLaunchType {
    case .known(0): .known(false)
    case .known(1): .known(true)
    case .known(let type):
      .unknown("Windows' element 'VSM launch type' is \(type), where 0 and 1 are understood")
    case .unknown(let reason): .unknown(reason)
    }
  }

  private static func codeIntegrityStatus(_ windows: WindowsBootEvidence) -> BootFinding<Value> {
    switch (isRunning(windows), windows.hvciPolicy) {
    case (.known(false), _): .known(.symbol("vbs_not_running"))
    case (.unknown(let reason), _), (_, .unknown(let reason)): .unknown(reason)
    case (.known(true), .known(let policy)) where policy & 1 == 1: .known(.symbol("running"))
    case (.known(true), .known(let policy)):
      .unknown("Windows' element 'HVCI policy' is \(policy), of which only bit 0, for running, is understood")
    }
  }
}
