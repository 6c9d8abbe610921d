import DeviceProbes
import PolicyModel
import TPMEvidence

/// A file of evidence: what was read is written and read again, and no fact is attested unless its key was named.
func fuzzEvidence(_ bytes: [UInt8]) {
  let file: EvidenceFile
  do {
    file = try EvidenceFile.decode(bytes)
  } catch {
    require(!error.description.isEmpty, "the error says nothing")
    return
  }
  let written = file.encode()
  requirePrintable(json: written, "the evidence")
  // What is written is canonical, so that the members of the facts may stand in another order.
  let again = try? EvidenceFile.decode(written)
  require(again?.evidence == file.evidence, "evidence reads otherwise once it is written")
  require(again?.encode() == written, "facts read otherwise once they are written")
  let evidence = file.evidence
  fuzzGoldenDevice(evidence)
  let quoted = (try? TPMAttest(evidence.quote))?.extraData ?? []
  let name = (try? TPMPublic(evidence.attestationKey))?.name
  let names = [
    "boot.secure_boot", "boot.uefi", "tpm.present", "tpm.trusted", "entra.key_in_tpm",
    "attestation.mdm_key_in_tpm",
  ]
  let facts = names.map {
    FactDeclaration(name: $0, type: $0 == "boot.secure_boot" ? .symbol(["on", "off"]) : .bool)
  }
  for known in [nil, name] {
    let verification = EvidenceVerification(
      evidence, nonce: quoted, trust: EvidenceTrust(attestationKeyName: known))
    require(verification.checks.count == EvidenceVerification.Subject.allCases.count, "a check is missing")
    var options = EvidenceOptions(nonce: quoted, attestationKeyName: known)
    options.deviceKeys.mdm = evidence.certifiedKeys.first.flatMap { try? KnownKey(file: $0.key) }
    guard
      let found = try? EvidenceProbe.observations(of: file, facts, options, source: "evidence:-")
    else { continue }
    require(found["entra.key_in_tpm"]?.level != .attested, "a key is attested that nobody knows")
    for observation in found.values where observation.level == .attested {
      require(known != nil && verification.quoteDefect == nil, "a fact is attested by nobody's key")
    }
    if verification.quoteDefect != nil {
      require(found.values.allSatisfy { $0.value == nil }, "evidence that does not hold says something")
    }
  }
}
