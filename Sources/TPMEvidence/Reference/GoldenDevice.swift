/// What a device that somebody vouches for measured, to be learnt as reference values.
package struct GoldenDevice {
  /// What it is called in reports: the file of its evidence.
  package let name: String
  private let boot: MeasuredBoot

  /// Why nothing is learnt from a device: a plain sentence without a full stop.
  package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    package let description: String
  }

  /// What has to be quoted: the PCRs that values are learnt from.
  private static let registers = [0, 2, 4, 7]

  /// Reads evidence. Whose key signed it, and when, is the word of whoever vouches for the device; everything else is checked.
  ///
  /// - Parameters:
  ///   - banks: Those that values are learnt in.
  ///   - accepted: What may have verified images beside Windows' own certificates.
  package init(
    _ evidence: Evidence, name: String, banks: [HashAlgorithm], accepting accepted: Set<[UInt8]>
  ) throws(Refusal) {
    func refuse(_ reason: String?) throws(Refusal) {
      if let reason { throw Refusal(description: reason) }
    }
    self.name = name
    let verification = EvidenceVerification(
      evidence, nonce: evidence.nonce, trust: EvidenceTrust(), terms: EvidenceTerms(banks: banks))
    try refuse(verification.quoteDefect)
    let quoted: QuotedLog
    switch verification.bootLog {
    case .success(let log): quoted = log
    case .failure(let reason): throw Refusal(description: reason.text)
    }
    boot = MeasuredBoot(quoted)
    let found: BootEvidence
    switch quoted.evidence(of: Self.registers) {
    case .known(let evidence): found = evidence
    case .unknown(let reason): throw Refusal(description: reason)
    }
    try refuse(found.contradictions.first?.reason)
    // Why the boot manager was Windows', whatever else the firmware started.
    func doubt(_ accepted: Set<[UInt8]>) -> String? {
      found.loader.signer(accepting: accepted, images: nil).reason
    }
    if let reason = doubt(accepted) {
      let all = Set(boot.secureBoot.authorities.compactMap { $0.entry?.identity.digest })
      throw Refusal(
        description: doubt(accepted.union(all)) == nil
          ? "\(reason); it is learnt only where --accept-authority names it" : reason)
    }
    try refuse(boot.doubts.first?.reason)
    if boot.hasReturned {
      throw Refusal(
        description: "the boot manager returned to the firmware; restart the device, and attest again")
    }
  }

  /// What is learnt from it alone, in the banks in ascending order.
  var values: ReferenceValues {
    let order = boot.banks.indices.sorted { boot.banks[$0].rawValue < boot.banks[$1].rawValue }
    let measurements = boot.events.map { event in
      ReferenceValues.Measurement(
        event.slot, digests: order.map { event.digests[$0] }, comment: boot.comment(on: event))
    }
    func entries(_ found: [SignatureEntry]) -> [ReferenceValues.Entry] {
      found.map { ReferenceValues.Entry($0.identity, comment: $0.comment) }
    }
    var keys: [ReferenceValues.KeyList: [ReferenceValues.Entry]] = [:]
    for list in ReferenceValues.KeyList.allCases { keys[list] = boot.keys(list).value.map(entries) }
    return ReferenceValues(
      banks: order.map { boot.banks[$0] }, measurements: measurements,
      authorities: entries(boot.secureBoot.authorities.compactMap(\.entry)), keys: keys)
  }
}
