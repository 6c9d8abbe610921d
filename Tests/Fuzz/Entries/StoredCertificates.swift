import TPMEvidence

/// Certificates in a TPM's NV memory stand one behind the other at its beginning, and each has one key, whatever follows it.
func fuzzStoredCertificates(_ bytes: [UInt8]) {
  readKnownKey(bytes)
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

/// What is read as a key that is known has one, whatever the form.
private func readKnownKey(_ bytes: [UInt8]) {
  do throws(KnownKey.Problem) {
    let key = try KnownKey(file: bytes)
    if case .name(let name) = key {
      require(KnownKey(hexadecimal: hexadecimal(name)) == key, "a name is none in hexadecimal")
    }
    if let area = try? TPMPublic(bytes) {
      require(key.isKey(of: area), "a public area is not of its own key")
    }
  } catch {
    require(!error.description.isEmpty, "the error says nothing")
  }
}
