/// What whoever judges evidence asks of its algorithms. None of it comes from the evidence: see docs/decisions/0026-which-bank-counts.md.
package struct EvidenceTerms: Hashable, Sendable {
  /// The banks that count, each by itself: every one of them has to be quoted, and explained by the boot log.
  package var banks: [HashAlgorithm]
  /// Whether a key or a signature that is weak (``EvidenceVerification/weakness``) may be trusted like any other.
  package var acceptsWeakSignatures: Bool

  /// Terms; without arguments those that hold unless somebody says otherwise.
  package init(banks: [HashAlgorithm] = [.sha256], acceptsWeakSignatures: Bool = false) {
    self.banks = banks
    self.acceptsWeakSignatures = acceptsWeakSignatures
  }
}

extension TPMPublic {
  /// The shortest modulus of RSA that is not weak, in bits (NIST SP 800-131A revision 2, table 2). Every curve that is read is strong enough.
  package static let leastRSABitCount = 2048

  /// Why a signature by the key may be somebody else's, as a plain sentence without a full stop; nil when it may not.
  package var weakness: String? {
    guard case .rsa(let modulus, _) = key, modulus.count * 8 < Self.leastRSABitCount else { return nil }
    return
      "it is a key of RSA with \(modulus.count * 8) bits, and fewer than \(Self.leastRSABitCount) are weak"
  }
}
