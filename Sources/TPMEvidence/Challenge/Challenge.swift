/// What only one TPM can answer: a secret, encrypted so that the TPM with an endorsement key gives it away when it also holds an
/// attestation key (TPM 2.0 Library, part 1, 24: credential protection). `policyc challenge` makes it, and `policyc attest` has the TPM
/// answer it.
package struct Challenge: Hashable, Sendable {
  /// The name of the attestation key that the TPM must hold.
  package var attestationKeyName: [UInt8]
  /// The name of the endorsement key that the secret is encrypted to.
  package var endorsementKeyName: [UInt8]
  /// The contents of TPM2B_ID_OBJECT, without its size: the HMAC behind its size, then the encrypted credential.
  package var credential: [UInt8]
  /// The contents of TPM2B_ENCRYPTED_SECRET, without its size.
  package var encryptedSecret: [UInt8]

  package init(
    attestationKeyName: [UInt8], endorsementKeyName: [UInt8], credential: [UInt8], encryptedSecret: [UInt8]
  ) {
    self.attestationKeyName = attestationKeyName
    self.endorsementKeyName = endorsementKeyName
    self.credential = credential
    self.encryptedSecret = encryptedSecret
  }
}
