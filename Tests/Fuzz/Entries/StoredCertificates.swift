import TPMEvidence

/// Certificates in a TPM's NV memory stand one behind the other at its beginning, and each has one key, whatever follows it.
func fuzzStoredCertificates(_ bytes: [UInt8]) {
  let found = derSequences(in: bytes)
  require(found.count <= 16, "there are more certificates than are read")
  require(bytes.starts(with: found.flatMap { $0 }), "the certificates are not the beginning of the bytes")
  require(derSequences(in: found.flatMap { $0 }) == found, "the certificates are cut in two ways")
  for certificate in found {
    guard let key = CertifiedKey(certificate: certificate) else { continue }
    require(
      CertifiedKey(certificate: certificate + [0xFF, 0xFF]) == key,
      "what follows a certificate changes its key")
    switch key {
    case .rsa(let modulus): require(modulus.first != 0, "a modulus begins with a zero")
    case .ecc(let x, let y): require(x.first != 0 && y.first != 0, "a coordinate begins with a zero")
    }
  }
}
