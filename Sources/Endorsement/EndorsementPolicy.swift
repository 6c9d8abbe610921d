import SwiftASN1
@preconcurrency import X509

/// What a chain from an endorsement key's certificate to a root has to keep beside the rules of RFC 5280 that swift-certificates checks.
struct EndorsementPolicy: VerifierPolicy {
  /// Extensions that may be critical, since they are understood or cannot mislead here.
  ///
  /// The alternative name of an endorsement key's certificate names the TPM and is critical when the subject is empty, its extended key usage
  /// is checked (TCG EK Credential Profile 2.5, 3.2). Policies of certificates are information as long as nobody asks for one of them
  /// (RFC 5280, 6.1.1: the user's initial policy set is any policy).
  let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
    .X509ExtensionID.subjectAlternativeName, .X509ExtensionID.extendedKeyUsage, Self.certificatePolicies,
  ]

  static let certificatePolicies: ASN1ObjectIdentifier = [2, 5, 29, 32]

  /// The most certificates in a chain, the endorsement key's and the root's among them.
  static let greatestLength = 8

  mutating func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async
    -> PolicyEvaluationResult
  {
    guard chain.count <= Self.greatestLength else {
      return .failsToMeetPolicy(
        reason: "it has \(chain.count) certificates, where at most \(Self.greatestLength) are followed")
    }
    // A root is trusted for being in the folder, whatever it signs itself with.
    for certificate in chain.dropLast() where certificate.signatureAlgorithm == .sha1WithRSAEncryption {
      return .failsToMeetPolicy(
        reason: "the certificate of \(certificate.shownName) is signed over SHA-1, which can be forged")
    }
    for issuer in chain.dropFirst() {
      // swift-certificates leaves the key usage of issuers unchecked (RFC 5280, 4.2.1.3).
      do {
        if let usage = try issuer.extensions.keyUsage, !usage.keyCertSign {
          return .failsToMeetPolicy(
            reason: "the key of \(issuer.shownName) is not one to sign certificates with")
        }
      } catch { return .failsToMeetPolicy(reason: "the key usage of \(issuer.shownName) cannot be read") }
    }
    return .meetsPolicy
  }
}
