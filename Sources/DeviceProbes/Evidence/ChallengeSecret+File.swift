import PolicyModel
import TPMEvidence

extension ChallengeSecret {
  /// What a secret file says in its member `format`.
  package static let format = "policyc-challenge-secret"
  /// The version of the format that is read and written.
  package static let version: Int64 = 1
  /// The longest file that is read, in bytes.
  package static let byteLimit = 4 << 10

  /// Reads a secret file (docs/challenge-secret.schema.json).
  package static func decode(_ bytes: [UInt8]) throws(EvidenceFormatError) -> ChallengeSecret {
    let reader = try FormatReader(
      bytes, format: format, version: version, limit: byteLimit,
      required: ["attestation_key_name", "endorsement_key_name", "secret"])
    return ChallengeSecret(
      secret: try reader.bytes("secret", count: byteCounts),
      attestationKeyName: try reader.keyName("attestation_key_name"),
      endorsementKeyName: try reader.keyName("endorsement_key_name"))
  }

  /// The secret file: one line of JSON.
  package func encode() -> [UInt8] {
    let document = JSONValue.object([
      JSONMember("format", .string(Self.format)), JSONMember("version", .integer(Self.version)),
      JSONMember("attestation_key_name", .string(Base64.encode(attestationKeyName))),
      JSONMember("endorsement_key_name", .string(Base64.encode(endorsementKeyName))),
      JSONMember("secret", .string(Base64.encode(secret))),
    ])
    return document.line
  }
}
