import Diagnostics
import PolicyModel
import TPMEvidence

extension AttestationToken {
  /// The facts that the token gives, or why it does not, by their names.
  package var facts: [String: Observation.Content] { AttestationClaims.findings(of: self).contents }
}

/// The facts that a token of Azure Attestation gives, each with the claims that tell it.
///
/// For the TPM endpoint these are the claims that the service computes (policy version 1.0) and those that the policies of Microsoft's
/// documentation issue (1.2, and the sample of the HealthAttestation CSP), in both of their spellings. For virtual machines of Azure they are
/// the claims of guest attestation.
enum AttestationClaims {
  private enum Reading {
    /// `true` is that value, `false` the other.
    case bool(whenTrue: Bool)
    /// `true` is on. A token does not tell whether the firmware could have it, so that `false` is off.
    case onOff
    /// `true` is the symbol, and `false` has several causes.
    case symbol(String)
    /// `true` is true. `false` has another meaning than the fact's, which is the reason.
    case onlyTrue(String)
    /// A number: 1 is 1.2 and 2 is 2.0.
    case version
    /// The same numbers tell that there is a TPM.
    case presence
    /// A text that is not empty.
    case text
  }

  private struct Row {
    let fact: String
    let claims: [String]
    let reading: Reading

    init(_ fact: String, _ claims: [String], _ reading: Reading) {
      self.fact = fact
      self.claims = claims
      self.reading = reading
    }
  }

  private static let antimalware = Reading.onlyTrue("tells of Microsoft's driver only")

  private static let rows: [Row] = [
    Row("boot.secure_boot", ["secureBootEnabled", "SecureBootEnabled", "secureboot"], .onOff),
    Row("boot.debugging", ["bootDebuggingDisabled"], .bool(whenTrue: false)),
    Row("boot.debugging", ["x-ms-azurevm-bootdebug-enabled"], .bool(whenTrue: true)),
    Row("boot.kernel_debugging", ["osKernelDebuggingDisabled"], .bool(whenTrue: false)),
    Row("boot.kernel_debugging", ["x-ms-azurevm-kerneldebug-enabled"], .bool(whenTrue: true)),
    Row("boot.test_signing", ["testSigningDisabled"], .bool(whenTrue: false)),
    Row("boot.test_signing", ["x-ms-azurevm-testsigning-enabled"], .bool(whenTrue: true)),
    Row("boot.flight_signing", ["flightSigningNotEnabled"], .bool(whenTrue: false)),
    Row("boot.flight_signing", ["x-ms-azurevm-flightsigning-enabled"], .bool(whenTrue: true)),
    Row("boot.code_integrity", ["codeIntegrityEnabled", "CodeIntegrityEnabled"], .bool(whenTrue: true)),
    Row("boot.safe_mode", ["notSafeMode"], .bool(whenTrue: false)),
    Row("boot.winpe", ["notWinPE"], .bool(whenTrue: false)),
    Row(
      "boot.elam", ["elamDriverLoaded", "ELAMDriverLoaded", "WindowsDefenderElamDriverLoaded"], antimalware),
    Row("boot.elam", ["x-ms-azurevm-elam-enabled"], .bool(whenTrue: true)),
    Row("vbs.running", ["vbsEnabled"], .bool(whenTrue: true)),
    Row("hvci.status", ["hvciEnabled"], .symbol("running")),
    Row(
      "attestation.aik_certificate", ["aikValidated"],
      .onlyTrue("does not tell whether there is a certificate that is not valid, or none")),
    Row("attestation.aik_public_key", ["aikPubHash"], .text),
    Row("tpm.version", ["tpmVersion"], .version),
    Row("tpm.present", ["tpmVersion"], .presence),
  ]

  /// The names of the facts.
  static let names = Set(rows.map(\.fact))

  /// What a token tells.
  static func findings(of token: AttestationToken) -> FactFindings {
    var findings = FactFindings()
    let doubt = token.doubt ?? otherSystem(token.token.claims)
    for fact in names {
      if let doubt {
        findings.miss(fact, doubt)
      } else {
        findings[fact] = content(of: fact, in: token.token.claims)
      }
    }
    return findings
  }

  /// Guest attestation fills the claims about Windows with `false` on other systems.
  private static func otherSystem(_ claims: JSONValue) -> String? {
    claims["x-ms-azurevm-is-windows"] == .bool(false)
      ? "the token is about a machine that does not run Windows" : nil
  }

  private static func content(of fact: String, in claims: JSONValue) -> Observation.Content {
    var found: (claim: String, value: Value)?
    for row in rows where row.fact == fact {
      for claim in row.claims {
        guard let json = claims[claim] else { continue }
        switch content(of: json, named: claim, row.reading) {
        case .unknown(let reason): return .unknown(reason: reason)
        case .value(let value):
          if let found, found.value != value {
            return .unknown(reason: "the token's claims \(found.claim) and \(claim) contradict each other")
          }
          found = (claim, value)
        }
      }
    }
    if let found { return .value(found.value) }
    let names = rows.filter { $0.fact == fact }.flatMap(\.claims).joined(separator: ", ")
    return .unknown(reason: "the service's policy issues no such claim (\(names))")
  }

  private static func content(
    of json: JSONValue, named claim: String, _ reading: Reading
  ) -> Observation.Content {
    let strange = Observation.Content.unknown(
      reason: "the token says \(shown(json)) for \(claim), which is not understood")
    switch (reading, json) {
    case (.bool(let whenTrue), .bool(let isTrue)): return .value(.bool(isTrue == whenTrue))
    case (.onOff, .bool(let isTrue)): return .value(.symbol(isTrue ? "on" : "off"))
    case (.symbol(let symbol), .bool(true)): return .value(.symbol(symbol))
    case (.symbol, .bool(false)):
      return .unknown(reason: "the token says false for \(claim), and not for which reason")
    case (.onlyTrue, .bool(true)): return .value(.bool(true))
    case (.onlyTrue(let reason), .bool(false)):
      return .unknown(reason: "the token says false for \(claim), which \(reason)")
    case (.version, .integer(let number)): return version(number).map { .value(.version($0)) } ?? strange
    case (.presence, .integer(let number)): return version(number) == nil ? strange : .value(.bool(true))
    // A number that is not whole is read as text, and is none.
    case (.text, .string(let text)):
      return text.isEmpty || Double(text) != nil ? strange : .value(.bool(true))
    default: return strange
    }
  }

  private static func version(_ number: Int64) -> Version? {
    switch number {
    case 1: Version("1.2")
    case 2: Version("2.0")
    default: nil
    }
  }

  private static func shown(_ json: JSONValue) -> String {
    switch json {
    case .null: "null"
    case .bool(let isTrue): "\(isTrue)"
    case .integer(let number): "\(number)"
    case .string(let text): "the text '\(shortened(text, limit: 60))'"
    case .array, .object: json.kind
    }
  }
}
