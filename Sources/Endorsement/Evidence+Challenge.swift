import TPMEvidence

/// Why no challenge is made for the keys of some evidence.
package enum ChallengeRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// A key cannot be read, or there is no endorsement key.
  case key(String)
  /// A signature by the attestation key proves nothing.
  case attestationKey(String)
  /// The endorsement key's certificate is missing or not trusted.
  case certificate(String)
  /// The endorsement key cannot take a challenge.
  case credential(Credential.Defect)

  /// One sentence without a full stop.
  package var description: String {
    switch self {
    case .key(let reason): reason
    case .attestationKey(let reason): "the key of the quote is no attestation key: \(reason)"
    case .certificate(let reason): reason
    case .credential(let defect): "\(defect)"
    }
  }
}

extension Evidence {
  /// A challenge for the TPM that holds both keys of the evidence, and the secret in it.
  ///
  /// - Parameters:
  ///   - roots: Whom to trust to say that the endorsement key is one; nil leaves its certificate unchecked.
  ///   - time: The time of the check in seconds since 1970.
  package func challenge(
    roots: EndorsementRoots?, at time: Int64, random: inout some RandomNumberGenerator
  ) throws(ChallengeRefusal) -> (challenge: Challenge, secret: ChallengeSecret) {
    guard let endorsementKey else {
      throw .key("the evidence has no endorsement key, to which a secret could be encrypted")
    }
    let quoting: TPMPublic
    let endorsing: TPMPublic
    do throws(TPMStructureError) {
      quoting = try TPMPublic(attestationKey)
      endorsing = try TPMPublic(endorsementKey)
    } catch { throw .key("a key cannot be read: \(error)") }
    if let defect = quoting.attestationKeyDefect ?? quoting.weakness { throw .attestationKey(defect) }
    if let weakness = endorsing.weakness { throw .key("the endorsement key is refused: \(weakness)") }
    if let roots {
      guard let endorsementCertificate else {
        throw .certificate("the evidence has no certificate of its endorsement key")
      }
      let verdict = EndorsementCertificate.verify(
        endorsementCertificate, intermediates: intermediateCertificates, roots: roots,
        endorsementKey: endorsing, at: time)
      if case .refused(let refusal) = verdict { throw .certificate("\(refusal)") }
    }
    let count = min(32, endorsing.nameAlgorithm.byteCount ?? 0)
    let secret = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let challenge: Challenge
    do throws(Credential.Defect) {
      challenge = try Credential.make(secret: secret, for: quoting.name, to: endorsing, random: &random)
    } catch { throw .credential(error) }
    return (
      challenge,
      ChallengeSecret(
        secret: secret, attestationKeyName: quoting.name, endorsementKeyName: endorsing.name)
    )
  }
}
