import Diagnostics
import PolicyModel
import TPMEvidence

extension HealthReport {
  /// The facts that the report gives, or why it does not, by their names.
  package var facts: [String: Observation.Content] { HealthReportFacts.findings(of: self).contents }
}

/// The facts that a health attestation report gives, each with the properties that tell it.
///
/// The service replayed the boot log. Whether BitLocker was on at boot is not among them: it may have been suspended since, and a
/// device may have unlocked its volume with a key in the clear.
enum HealthReportFacts {
  /// How the text of a property tells a value.
  private enum Reading {
    /// `true` is that value, `false` the other.
    case bool(whenTrue: Bool)
    /// `true` is on. A report does not tell whether the firmware could have it, so that `false` is off.
    case onOff
    /// `true` is the symbol, and `false` has several causes.
    case symbol(String)
    /// `true` is true. `false` only tells that Microsoft's driver was not loaded, and another may have been.
    case antimalware
    /// `1` is 1.2 and `2` is 2.0.
    case version
    /// Any version tells that there is one.
    case presence
  }

  private struct Row {
    let fact: String
    /// The property's name in version 1 and 3, nil where they have none.
    let early: String?
    /// The property's name in version 4.
    let late: String?
    let reading: Reading
    let lateReading: Reading

    init(_ fact: String, early: String?, late: String?, _ reading: Reading, late lateReading: Reading? = nil)
    {
      self.fact = fact
      self.early = early
      self.late = late
      self.reading = reading
      self.lateReading = lateReading ?? reading
    }
  }

  private static let rows: [Row] = [
    Row("boot.secure_boot", early: "SecureBootEnabled", late: "SecureBootEnabled", .onOff),
    negated("boot.debugging", early: "BootDebuggingEnabled", late: "BootDebuggingDisabled"),
    negated("boot.kernel_debugging", early: "OSKernelDebuggingEnabled", late: "OSKernelDebuggingDisabled"),
    negated("boot.test_signing", early: "TestSigningEnabled", late: "TestSigningDisabled"),
    negated("boot.flight_signing", early: nil, late: "FlightSigningNotEnabled"),
    Row(
      "boot.code_integrity", early: "CodeIntegrityEnabled", late: "CodeIntegrityEnabled",
      .bool(whenTrue: true)),
    negated("boot.safe_mode", early: "SafeMode", late: "NotBootedIntoSafeMode"),
    negated("boot.winpe", early: "WinPE", late: "NotBootedIntoWinPE"),
    Row("boot.elam", early: "ELAMDriverLoaded", late: "ELAMDriverLoaded", .antimalware),
    Row(
      "vbs.running", early: "VSMEnabled", late: "VirtualizationBasedSecurityEnabled", .bool(whenTrue: true)),
    Row("credential_guard.status", early: nil, late: "CredentialGuardEnabled", .symbol("running")),
    Row("attestation.aik_public_key", early: "AIKPresent", late: "AIKPresent", .bool(whenTrue: true)),
    Row("tpm.version", early: "TpmVersion", late: "TpmVersion", .version),
    Row("tpm.present", early: "TpmVersion", late: "TpmVersion", .presence),
  ]

  private static func negated(_ fact: String, early: String?, late: String) -> Row {
    Row(fact, early: early, late: late, .bool(whenTrue: true), late: .bool(whenTrue: false))
  }

  /// The names of the facts.
  static let names = rows.map(\.fact)

  /// What a report tells.
  static func findings(of report: HealthReport) -> FactFindings {
    var findings = FactFindings()
    let doubt = doubt(about: report)
    for row in rows {
      if let doubt {
        findings.miss(row.fact, doubt)
      } else {
        let (name, reading) =
          report.version < 4 ? (row.early, row.reading) : (row.late, row.lateReading)
        findings[row.fact] = content(name, reading, in: report)
      }
    }
    return findings
  }

  /// Why nothing in a report counts.
  private static func doubt(about report: HealthReport) -> String? {
    guard [1, 3, 4].contains(report.version) else {
      return "the report is of version \(report.version), where 1, 3 and 4 are understood"
    }
    guard let code = report.errorCode else { return "the report has no ErrorCode" }
    guard let number = Int32(trimmedBlanks(code)) else {
      return "the report's ErrorCode is '\(shortened(code, limit: 40))', which is no number"
    }
    if !report.mismatches.isEmpty {
      return
        "the service found the device in another state than at boot: \(shortened(report.mismatches.joined(separator: ", "), limit: 200))"
    }
    guard number == 0 else {
      let message =
        report.errorMessage.map { ": '\(shortened(String(trimmedBlanks($0)), limit: 120))'" } ?? ""
      return "the service could not attest the device, error \(number)\(message)"
    }
    return report.hasProperties ? nil : "the report has no HealthCertificateProperties"
  }

  private static func content(
    _ name: String?, _ reading: Reading, in report: HealthReport
  ) -> Observation.Content {
    guard let name else { return .unknown(reason: "reports of version \(report.version) do not tell it") }
    guard let texts = report.properties[name], let text = texts.first else {
      return .unknown(reason: "the report has no \(name)")
    }
    guard texts.count == 1 else { return .unknown(reason: "the report has \(name) more than once") }
    let strange = Observation.Content.unknown(
      reason: "the report says '\(shortened(text, limit: 80))' for \(name), which is not understood")
    switch reading {
    case .version, .presence:
      guard let version = versions[text] else { return strange }
      if case .presence = reading { return .value(.bool(true)) }
      return .value(.version(version))
    case .bool(let whenTrue): return truth(of: text).map { .value(.bool($0 == whenTrue)) } ?? strange
    case .onOff: return truth(of: text).map { .value(.symbol($0 ? "on" : "off")) } ?? strange
    case .symbol(let symbol):
      guard let isTrue = truth(of: text) else { return strange }
      return isTrue
        ? .value(.symbol(symbol))
        : .unknown(reason: "the report says false for \(name), and not for which reason")
    case .antimalware:
      guard let isTrue = truth(of: text) else { return strange }
      return isTrue
        ? .value(.bool(true))
        : .unknown(reason: "the report says false for \(name), which tells of Microsoft's driver only")
    }
  }

  /// `true` or `false`; the service writes a capital letter at times.
  private static func truth(of text: String) -> Bool? {
    switch text.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }

  private static let versions: [String: Version] = {
    var versions: [String: Version] = [:]
    for (text, version) in [("1", "1.2"), ("2", "2.0"), ("1.2", "1.2"), ("2.0", "2.0")] {
      versions[text] = Version(version)
    }
    return versions
  }()
}
