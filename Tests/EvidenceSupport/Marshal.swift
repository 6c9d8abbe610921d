import TPMEvidence

/// Writes structures as a TPM marshals them, with mistakes where a test wants one.
package enum Marshal {
  /// The bytes of a number, the most significant first.
  package static func number(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  /// A buffer behind its size.
  package static func sized(_ bytes: [UInt8]) -> [UInt8] { number(UInt16(bytes.count)) + bytes }

  /// What a TPM says of the keys that it quotes with.
  package static let attestationKey: TPMObjectAttributes = [
    .fixedTPM, .fixedParent, .sensitiveDataOrigin, .userWithAuth, .restricted, .sign,
  ]

  /// TPMT_PUBLIC of a key that signs.
  package static func publicArea(
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

  /// TPMS_ATTEST of a quote.
  package static func quote(
    nonce: [UInt8], selections: [(bank: HashAlgorithm, registers: [Int])], digest: [UInt8],
    magic: UInt32 = 0xFF54_4347, type: UInt16 = 0x8018
  ) -> [UInt8] {
    let head =
      number(magic) + number(type) + sized([0, 0x0B] + [UInt8](repeating: 0x51, count: 32)) + sized(nonce)
    let clock = number(UInt64(86_400_000)) + number(UInt32(4)) + number(UInt32(1)) + [1] + number(UInt64(7))
    let banks = selections.flatMap { selection in
      var bits: [UInt8] = [0, 0, 0]
      for register in selection.registers { bits[register / 8] |= 1 << UInt8(register % 8) }
      return number(selection.bank.rawValue) + [3] + bits
    }
    return head + clock + number(UInt32(selections.count)) + banks + sized(digest)
  }
}
