import DeviceProbes
import TPMEvidence

/// A file of reference values: what was read is written and read again.
func fuzzReference(_ bytes: [UInt8]) {
  let values: ReferenceValues
  do {
    values = try ReferenceValues.decode(bytes, name: "x")
  } catch {
    require(!error.description.isEmpty, "the error says nothing")
    return
  }
  let written = values.encode()
  guard var again = try? ReferenceValues.decode(written, name: "x") else {
    require(false, "what was written cannot be read")
    return
  }
  require(again.encode() == written, "the values read otherwise once they are written")
  again.digest = values.digest
  require(again == values, "the values are others once they are written")
}

/// Evidence from which something is learnt is of a device as the values have it.
func fuzzGoldenDevice(_ evidence: Evidence) {
  guard
    let device = try? GoldenDevice(evidence, name: "x", banks: [.sha256], accepting: [])
  else { return }
  let values = ReferenceLearning(
    [device], requiring: Set(ReferenceValues.Section.allCases)
  ).values
  let verification = EvidenceVerification(evidence, nonce: evidence.nonce, trust: EvidenceTrust())
  guard case .success(let log) = verification.bootLog,
    let judgement = ReferenceJudgement(log, [values], accepting: [])
  else {
    require(false, "a golden device cannot be judged")
    return
  }
  require(judgement.windowsDoubt == nil && judgement.bootDoubt == nil, "a golden device differs from itself")
}
