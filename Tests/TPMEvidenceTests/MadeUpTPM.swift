import TPMEvidence

/// Writes structures as a TPM marshals them, with mistakes where a test wants one.
enum Marshal {
  static func number(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  /// A buffer behind its size.
  static func sized(_ bytes: [UInt8]) -> [UInt8] { number(UInt16(bytes.count)) + bytes }

  static let attestationKey: TPMObjectAttributes = [
    .fixedTPM, .fixedParent, .sensitiveDataOrigin, .userWithAuth, .restricted, .sign,
  ]

  /// TPMT_PUBLIC of a key that signs.
  static func publicArea(
    _ key: TPMPublic.Key, _ scheme: TPMAlgorithm, _ hash: HashAlgorithm = .sha256,
    nameAlgorithm: HashAlgorithm = .sha256, attributes: TPMObjectAttributes = attestationKey,
    policy: [UInt8] = []
  ) -> [UInt8] {
    let type: TPMAlgorithm
    if case .rsa = key { type = .rsa } else { type = .ecc }
    let schemeBytes = number(scheme.rawValue) + (scheme == .null ? [] : number(hash.rawValue))
    let head =
      number(type.rawValue) + number(nameAlgorithm.rawValue) + number(attributes.rawValue) + sized(policy)
      + number(TPMAlgorithm.null.rawValue) + schemeBytes
    switch key {
    case .rsa(let modulus, let exponent):
      return head + number(UInt16(modulus.count * 8)) + number(exponent == 65537 ? 0 : exponent)
        + sized(modulus)
    case .ecc(let curve, let x, let y):
      return head + number(curve.rawValue) + number(TPMAlgorithm.null.rawValue) + sized(x) + sized(y)
    }
  }
}
