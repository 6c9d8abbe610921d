import PolicyModel
import TPMEvidence

extension Challenge {
  /// What a challenge file says in its member `format`.
  package static let format = "policyc-challenge"
  /// The version of the format that is read and written.
  package static let version: Int64 = 1
  /// The longest file that is read, in bytes.
  package static let byteLimit = 16 << 10

  /// Reads a challenge file (docs/challenge.schema.json).
  package static func decode(_ bytes: [UInt8]) throws(EvidenceFormatError) -> Challenge {
    let reader = try FormatReader(
      bytes, format: format, version: version, limit: byteLimit,
      required: ["attestation_key_name", "credential", "encrypted_secret", "endorsement_key_name"])
    return Challenge(
      attestationKeyName: try reader.keyName("attestation_key_name"),
      endorsementKeyName: try reader.keyName("endorsement_key_name"),
      credential: try reader.bytes("credential", count: 24...134),
      encryptedSecret: try reader.bytes("encrypted_secret", count: 4...512))
  }

  /// The challenge file: one line of JSON.
  package func encode() -> [UInt8] {
    let document = JSONValue.object([
      JSONMember("format", .string(Self.format)), JSONMember("version", .integer(Self.version)),
      JSONMember("attestation_key_name", .string(Base64.encode(attestationKeyName))),
      JSONMember("endorsement_key_name", .string(Base64.encode(endorsementKeyName))),
      JSONMember("credential", .string(Base64.encode(credential))),
      JSONMember("encrypted_secret", .string(Base64.encode(encryptedSecret))),
    ])
    return document.line
  }
}
