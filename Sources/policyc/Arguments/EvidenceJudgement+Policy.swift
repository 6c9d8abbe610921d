import ArgumentParser
import DeviceProbes
import PolicyModel
import TPMEvidence

extension EvidenceJudgement {
  /// The options as a policy's own clause wants evidence judged.
  ///
  /// - Parameter options: As ``complete(_:for:_:)`` made them.
  /// - Throws: A validation error where the command line says something else than the policy.
  func complete(
    _ options: ProbeOptions, by clause: EvidenceClause, _ console: Console
  ) throws -> ProbeOptions {
    guard !clause.isEmpty, var evidence = options.evidence else { return options }
    if !clause.banks.isEmpty {
      let counted = clause.banks.compactMap { HashAlgorithm(name: $0.rawValue) }
      if banks != nil, Set(evidence.terms.banks) != Set(counted) {
        throw ValidationError(
          "--banks contradicts the policy, by which the banks that count are \(clause.bankNames); leave the option out"
        )
      }
      evidence.terms.banks = counted
    }
    if !clause.references.isEmpty {
      for values in evidence.references where !clause.references.contains(hexadecimal(values.digest)) {
        throw ValidationError(
          "--reference \(values.name) is not a file that the policy names: its SHA-256 digest is \(hexadecimal(values.digest))"
        )
      }
      if evidence.references.isEmpty {
        console.say(
          "warning: the policy names reference values, and --reference gives none; what they alone account for is not attested"
        )
      }
    }
    var options = options
    options.evidence = evidence
    return options
  }

  /// The same judgement where no policy is at hand.
  func counting(_ clause: EvidenceClause) -> EvidenceJudgement {
    var judgement = self
    if !clause.banks.isEmpty, nonce != nil { judgement.banks = clause.bankNames }
    return judgement
  }
}

extension EvidenceClause {
  /// The banks as `--banks` takes them.
  fileprivate var bankNames: String { banks.map(\.rawValue).joined(separator: ",") }
}
