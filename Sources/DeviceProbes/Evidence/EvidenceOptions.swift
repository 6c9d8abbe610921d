import TPMEvidence

/// What whoever judges evidence brings along. Nothing of it may come from the device that is judged.
package struct EvidenceOptions: Sendable {
  /// What the device was asked to have quoted.
  package var nonce: [UInt8]
  /// The name of the attestation key, when it is known from before.
  package var attestationKeyName: [UInt8]?
  /// The secret of a challenge that the device was sent, or nil.
  package var secret: ChallengeSecret?
  /// What is asked of algorithms.
  package var terms = EvidenceTerms()
  /// What may have verified an image beside Windows' boot manager: SHA-1 or SHA-256 digests of certificates, SHA-256 digests of images.
  package var acceptedAuthorities: Set<[UInt8]> = []
  /// The keys by which services know the device.
  package var deviceKeys = KnownDeviceKeys()
  /// What devices of known models measure, one of which has to explain the device wholly.
  package var references: [ReferenceValues] = []
  /// Judges the certificate of the endorsement key.
  package var endorsement: @Sendable (Evidence) -> EndorsementFinding

  /// Options with this nonce; without anything else no key is trusted.
  package init(
    nonce: [UInt8], attestationKeyName: [UInt8]? = nil, secret: ChallengeSecret? = nil,
    endorsement: @escaping @Sendable (Evidence) -> EndorsementFinding = {
      $0.endorsementCertificate == nil ? .noCertificate : .noRoots
    }
  ) {
    self.nonce = nonce
    self.attestationKeyName = attestationKeyName
    self.secret = secret
    self.endorsement = endorsement
  }
}
