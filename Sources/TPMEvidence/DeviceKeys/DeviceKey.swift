/// A key that is certified to be in the TPM of the attestation key. Whose key it is, the certification does not say.
package struct DeviceKey: Hashable, Sendable {
  /// What the device says that it has the key for.
  package let role: DeviceKeyRole?
  /// The key with its attributes, which the TPM vouches for.
  package let area: TPMPublic

  /// Verifies a certification: that the attestation key signed it, over the nonce and for this key.
  ///
  /// - Throws: What does not hold.
  init(
    _ certification: KeyCertification, by attestationKey: TPMPublic, nonce: [UInt8]
  ) throws(EvidenceVerification.Reason) {
    let signature: TPMSignature
    let statement: TPMCertification
    do throws(TPMStructureError) {
      area = try TPMPublic(certification.key)
      signature = try TPMSignature(certification.signature)
      statement = try TPMCertification(certification.statement)
    } catch { throw EvidenceVerification.Reason("\(error)") }
    role = certification.role
    if let defect = signature.defect(over: statement.bytes, by: attestationKey) {
      throw EvidenceVerification.Reason("the attestation key did not sign it: \(defect)")
    }
    guard statement.extraData == nonce else {
      throw EvidenceVerification.Reason("it was made over another nonce, \(hexadecimal(statement.extraData))")
    }
    guard statement.name == area.name else {
      throw EvidenceVerification.Reason(
        "it certifies the key \(hexadecimal(statement.name)), but comes with the key \(hexadecimal(area.name))"
      )
    }
  }

  /// Why somebody without the TPM may have the key, or another one of its name, as a plain sentence without a full stop; nil when nobody may.
  package var weakness: String? {
    area.weakness ?? (area.nameAlgorithm == .sha1 ? "its name is a digest by SHA-1, which is weak" : nil)
  }
}
