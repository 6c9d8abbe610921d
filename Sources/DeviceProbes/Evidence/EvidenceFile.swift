import PolicyModel
import TPMEvidence

/// A file of evidence, as `policyc attest` writes and `evidence:FILE` reads it; docs/evidence.schema.json describes it.
package struct EvidenceFile: Hashable, Sendable {
  /// What the TPM said, and what it vouches for.
  package var evidence: Evidence
  /// What the operating system said of itself: a snapshot, as `policyc probe --format json` prints it. Nil when it was not asked.
  package var facts: JSONValue?

  /// The value of the member `format`.
  package static let format = "policyc-evidence"
  /// The value of the member `version`.
  package static let version: Int64 = 1
  /// The largest file that is read, in bytes: a boot log of 16 MiB and what goes with it.
  package static let byteLimit = 24 << 20
  /// The most logs of earlier starts that are read. All logs together have at most as many bytes as one may have.
  package static let earlierLogLimit = 256

  package init(_ evidence: Evidence, facts: JSONValue? = nil) {
    self.evidence = evidence
    self.facts = facts
  }

  /// Reads a file. Structures of the TPM are not looked into.
  package static func decode(_ bytes: [UInt8]) throws(EvidenceFormatError) -> EvidenceFile {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: byteLimit, depth: 64))
    } catch {
      throw .notJSON(error)
    }
    return try EvidenceFileReader(root).file()
  }

  /// The file: canonical JSON (RFC 8785) with a line feed at the end, the same for the same evidence.
  package func encode() -> [UInt8] {
    func binary(_ bytes: [UInt8]) -> JSONValue { .string(Base64.encode(bytes)) }
    let banks = evidence.pcrs.banks.map { algorithm, values in
      JSONMember(
        algorithm.name,
        .object(values.map { register, value in JSONMember("\(register)", .string(hexadecimal(value))) }))
    }
    let members: [(EvidenceMember, JSONValue?)] = [
      (.format, .string(Self.format)), (.version, .integer(Self.version)), (.nonce, binary(evidence.nonce)),
      (.attestationKey, binary(evidence.attestationKey)), (.quote, binary(evidence.quote)),
      (.signature, binary(evidence.signature)), (.pcrs, .object(banks)),
      (.endorsementKey, evidence.endorsementKey.map(binary)),
      (.endorsementCertificate, evidence.endorsementCertificate.map(binary)),
      (
        .intermediateCertificates,
        evidence.intermediateCertificates.isEmpty
          ? nil : .array(evidence.intermediateCertificates.map(binary))
      ),
      (.bootLog, evidence.bootLog.map(binary)),
      (.earlierLogs, evidence.earlierLogs.isEmpty ? nil : .array(evidence.earlierLogs.map(binary))),
      (.activation, evidence.activation.map(binary)),
      (
        .certifiedKeys,
        evidence.certifiedKeys.isEmpty
          ? nil : .array(evidence.certifiedKeys.map { CertifiedKeyMember.encode($0, binary) })
      ),
      (.facts, facts),
    ]
    let present = members.compactMap { member, value in value.map { JSONMember(member.rawValue, $0) } }
    return JSONValue.object(present).line
  }
}

/// The members of an evidence file.
enum EvidenceMember: String, CaseIterable {
  case format, version, nonce, quote, signature, pcrs, activation, facts
  case attestationKey = "attestation_key"
  case endorsementKey = "endorsement_key"
  case endorsementCertificate = "endorsement_certificate"
  case intermediateCertificates = "intermediate_certificates"
  case bootLog = "boot_log"
  case certifiedKeys = "certified_keys"
  case earlierLogs = "earlier_logs"

  /// Whether a file without it is refused.
  var isRequired: Bool {
    switch self {
    case .format, .version, .nonce, .attestationKey, .quote, .signature: true
    default: false
    }
  }

  /// The most bytes that its value stands for.
  var byteLimit: Int {
    switch self {
    case .nonce: TPMAttest.extraDataLimit
    case .bootLog, .earlierLogs: EventLogLimits().bytes
    case .endorsementCertificate, .intermediateCertificates: 1 << 16
    default: TPMPublic.byteLimit
    }
  }
}

/// The members of an entry of `certified_keys`.
enum CertifiedKeyMember: String, CaseIterable {
  case role, key, statement, signature

  static func encode(_ certification: KeyCertification, _ binary: ([UInt8]) -> JSONValue) -> JSONValue {
    let role = certification.role.map { JSONMember(Self.role.rawValue, .string($0.rawValue)) }
    return .object(
      [role].compactMap { $0 } + [
        JSONMember(Self.key.rawValue, binary(certification.key)),
        JSONMember(Self.statement.rawValue, binary(certification.statement)),
        JSONMember(Self.signature.rawValue, binary(certification.signature)),
      ])
  }
}
