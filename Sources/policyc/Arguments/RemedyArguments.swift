import DeviceProbes
import TPMEvidence

extension DeviceCheck {
  /// What `policyc remedy ID` needs to see the device that was checked: the same probes, and how they are judged. Without any probe these are
  /// the ones that were asked, since `remedy` prints a runbook for any device when none is named.
  ///
  /// Nil when a program is asked with arguments: those may hold what is not for a report.
  var remedyArguments: [String]? {
    let specs = probes.compactMap { try? ProbeSpec($0) }
    if specs.contains(where: { $0.kind == .exec && $0.words.count > 1 }) { return nil }
    let asked = probes.isEmpty ? ProbeKind.ofThisMachine.map(\.rawValue) : probes
    var arguments = asked.flatMap { ["--probe", $0] }
    let options: [(String, String?)] = [
      ("--maa-keys", tokens.keys), ("--maa-issuer", tokens.issuer),
      ("--maa-nonce", tokens.nonce.map { hexadecimal($0) }),
      ("--nonce", evidence.nonce), ("--ak", evidence.ak), ("--ek-roots", evidence.ekRoots),
      ("--secret", evidence.secret), ("--mdm-key", evidence.mdmKey), ("--entra-key", evidence.entraKey),
      ("--banks", evidence.banks), ("--lang", language?.rawValue),
      ("--timeout", timeout == ProgramLimits().seconds ? nil : "\(timeout)"),
    ]
    for case (let name, let value?) in options { arguments += [name, value] }
    if evidence.allowsWeakSignatures { arguments.append("--allow-weak-signatures") }
    for digest in evidence.acceptAuthority { arguments += ["--accept-authority", digest] }
    for file in evidence.reference { arguments += ["--reference", file] }
    return arguments
  }
}
