/// The answer to a ``Challenge``, for whoever judges the evidence. A TPM that gives the secret back holds both keys, so that what the
/// endorsement key's certificate says of the TPM holds for quotes of the attestation key.
package struct ChallengeSecret: Hashable, Sendable {
  /// The secret.
  package var secret: [UInt8]
  /// The name of the attestation key that the challenge was made for.
  package var attestationKeyName: [UInt8]
  /// The name of the endorsement key that the secret was encrypted to.
  package var endorsementKeyName: [UInt8]

  /// A secret and the keys that it links.
  package init(secret: [UInt8], attestationKeyName: [UInt8], endorsementKeyName: [UInt8]) {
    self.secret = secret
    self.attestationKeyName = attestationKeyName
    self.endorsementKeyName = endorsementKeyName
  }

  /// How many bytes a secret has: shorter ones could be guessed, and TPMs take none longer than the digest of the keys' hash.
  package static let byteCounts = 16...64

  /// Whether a TPM's answer is the secret. All bytes are compared whatever they are.
  package func isAnswered(by answer: [UInt8]) -> Bool {
    guard answer.count == secret.count else { return false }
    return zip(answer, secret).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
