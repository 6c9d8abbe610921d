import Cryptography
import FileAccess
import PolicyModel
import TPMEvidence

/// `evidence:FILE`: what `policyc attest` wrote on a device, judged anywhere.
///
/// Only what a quote of a trusted key vouches for is attested; docs/evidence.md has what is checked.
package struct EvidenceProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String
  /// What whoever judges brings along.
  package let options: EvidenceOptions

  package init(path: String, options: EvidenceOptions) {
    self.path = path
    self.options = options
  }

  /// `evidence:PATH`
  package var name: String { "evidence:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// What the TPM vouches for, and whatever the operating system said beside it, which is reported.
  package var coverage: ProbeCoverage { .everyFact(.attested) }

  /// Reads the evidence and verifies it.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: EvidenceFile.byteLimit)
    } catch {
      throw .file(error)
    }
    let shownPath = path == "-" ? standardInputName : path
    let file: EvidenceFile
    do throws(EvidenceFormatError) {
      file = try EvidenceFile.decode(bytes)
    } catch {
      throw .evidence(path: shownPath, error)
    }
    // A signature that nothing can verify is no wrong one.
    guard LibCrypto.installed != nil else { throw .noLibrary(path: shownPath, LibCrypto.advice) }
    do throws(SnapshotError) {
      return try Self.observations(of: file, facts, options, source: name)
    } catch {
      let place = EvidenceFormatError.content(
        path: "$.\(EvidenceMember.facts.rawValue)", problem: error.message)
      throw .evidence(path: shownPath, place)
    }
  }

  /// What evidence says of the wanted facts, as of a probe of the given name.
  package static func observations(
    of file: EvidenceFile, _ facts: [FactDeclaration], _ options: EvidenceOptions, source: String
  ) throws(SnapshotError) -> [String: Observation] {
    var reader = SnapshotReader(facts, source: source)
    if let snapshot = file.facts { try reader.read(SnapshotNode(snapshot), at: nil) }
    let endorsement = options.endorsement(file.evidence)
    let verification = EvidenceVerification(
      file.evidence, nonce: options.nonce,
      trust: EvidenceTrust(
        attestationKeyName: options.attestationKeyName, endorsement: endorsement, secret: options.secret),
      terms: options.terms)
    // Facts that nobody asked for are refused too: that evidence is refused counts for a policy that asks for none of them.
    func refusal(_ reason: String) -> [String: Observation] {
      let names = Set(reader.observations.keys).union(EvidenceFacts.names)
      let refused = Observation(refusedBecause: reason, source: source)
      return Dictionary(uniqueKeysWithValues: names.map { ($0, refused) })
    }
    // What somebody else's quote came along with is somebody else's word.
    if let defect = verification.quoteDefect { return refusal("the evidence does not hold: \(defect)") }
    let wanted = Set(facts.map(\.name)).intersection(EvidenceFacts.names)
    let vouched = EvidenceFacts(
      verification, file.evidence, endorsement, accepting: options.acceptedAuthorities,
      references: options.references, source: source)
    // What came along with a log that cannot be true is the word of whoever wrote it.
    if let contradiction = vouched.contradiction {
      return refusal("the evidence is refused: \(contradiction)")
    }
    let keys = DeviceKeyFacts(
      verification: verification, known: options.deviceKeys,
      acceptsWeakKeys: options.terms.acceptsWeakSignatures, source: source)
    var observations = reader.observations
    // A key that is not the one which whoever judges knows counts for a policy that does not ask for it.
    for name in wanted.union(keys.refusedNames) {
      // Where the TPM is silent, the operating system may speak; where it contradicts, nobody may.
      if let finding = vouched.finding(name) ?? keys.finding(name),
        !finding.isSilent || observations[name] == nil
      {
        observations[name] = finding.observation
      }
    }
    return observations
  }
}
