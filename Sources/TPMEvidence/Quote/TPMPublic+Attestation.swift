extension TPMPublic {
  /// Whether a signature by the key is a TPM's own statement; ``attestationKeyDefect`` says why not.
  package var isAttestationKey: Bool { attestationKeyDefect == nil }

  /// Why a signature by the key need not be a TPM's own statement, as a plain sentence without a full stop; nil when it has to be.
  ///
  /// A TPM signs with a restricted key only what it made itself, so that nobody can have it sign a quote of their own making. The key
  /// must never have been outside of the TPM, nor be able to leave it. The public area alone proves none of this: it does where a TPM
  /// activated a credential for the key's name.
  package var attestationKeyDefect: String? {
    if !attributes.contains(.sign) { return "it does not sign" }
    if !attributes.contains(.restricted) { return "it is not restricted, and signs whatever it is given" }
    if attributes.contains(.decrypt) { return "it decrypts as well" }
    if let residenceDefect { return residenceDefect }
    guard let scheme else { return "it is not bound to a scheme of signing" }
    guard [.rsassa, .rsapss, .ecdsa].contains(scheme.algorithm) else {
      return "it signs by \(scheme.algorithm.name), where RSASSA, RSAPSS and ECDSA are understood"
    }
    switch (key, scheme.algorithm) {
    case (.rsa, .ecdsa), (.ecc, .rsassa), (.ecc, .rsapss): return "its scheme is for another kind of key"
    default: return nil
    }
  }

  /// Whether some bytes have the form of a key's name: the number of a hash, then a digest of its length (TPM 2.0 Library, part 1, 16).
  package static func isName(_ bytes: [UInt8]) -> Bool {
    bytes.count > 2
      && HashAlgorithm(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1])).byteCount == bytes.count - 2
  }

  /// Why the key may be somewhere else than in its TPM, as a plain sentence without a full stop; nil when a TPM that holds it is the only place
  /// where it ever was or will be.
  package var residenceDefect: String? {
    if !attributes.contains(.fixedTPM) { return "it can be copied out of its TPM" }
    if !attributes.contains(.fixedParent) { return "it can be moved to another parent" }
    if !attributes.contains(.sensitiveDataOrigin) { return "its secret part was made outside of the TPM" }
    return nil
  }
}
