import TPMEvidence

extension Marshal {
  /// What a TPM says of keys that are made in it and cannot leave it.
  package static let boundKey: TPMObjectAttributes = [
    .fixedTPM, .fixedParent, .sensitiveDataOrigin, .userWithAuth, .sign,
  ]

  /// TPMS_ATTEST of the certification of a key.
  package static func certification(
    of name: [UInt8], nonce: [UInt8], magic: UInt32 = 0xFF54_4347, type: UInt16 = 0x8017
  ) -> [UInt8] {
    let head =
      number(magic) + number(type) + sized([0, 0x0B] + [UInt8](repeating: 0x51, count: 32)) + sized(nonce)
    let clock = number(UInt64(86_400_000)) + number(UInt32(4)) + number(UInt32(1)) + [1] + number(UInt64(7))
    return head + clock + sized(name) + sized([0, 0x0B] + [UInt8](repeating: 0x52, count: 32))
  }
}

extension SoftwareKey {
  /// The public area of the key as one that a TPM keeps to itself, and that chooses a scheme with each use.
  package func area(_ attributes: TPMObjectAttributes) -> [UInt8] {
    Marshal.publicArea(key, .null, attributes: attributes)
  }

  /// A key, and this key's certification of it.
  package func certification(
    of area: [UInt8], as role: DeviceKeyRole? = nil, nonce: [UInt8], type: UInt16 = 0x8017,
    magic: UInt32 = 0xFF54_4347
  ) throws -> KeyCertification {
    let statement = Marshal.certification(
      of: try TPMPublic(area).name, nonce: nonce, magic: magic, type: type)
    return KeyCertification(role: role, key: area, statement: statement, signature: try sign(statement))
  }
}
