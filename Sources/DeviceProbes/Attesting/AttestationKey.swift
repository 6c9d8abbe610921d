/// The attestation key: which algorithm it signs with.
///
/// It is a primary key of the endorsement hierarchy. A TPM derives primary keys from a seed of the hierarchy and a template, so the
/// same TPM gives the same key whenever it is asked, and nothing has to be stored. The template makes it *restricted*: it signs
/// nothing but what the TPM itself states, so that no quote can be made up outside.
package enum AttestationKey: String, Hashable, Sendable, CaseIterable {
  /// RSA 2048, RSASSA with SHA-256.
  case rsa
  /// RSA 2048, RSAPSS with SHA-256.
  case rsapss
  /// ECC P-256, ECDSA with SHA-256.
  case ecc

  /// The template, TPMT_PUBLIC (TPM 2.0 Library, part 2).
  var template: [UInt8] {
    // fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, restricted, sign: a TPM in lockout attests as well.
    let head: [UInt16] = [0x000B, 0x0005, 0x0472, 0, 0x0010]
    return switch self {
    case .rsa: bigEndian([0x0001] + head + [0x0014, 0x000B, 2048, 0, 0, 0])
    case .rsapss: bigEndian([0x0001] + head + [0x0016, 0x000B, 2048, 0, 0, 0])
    case .ecc: bigEndian([0x0023] + head + [0x0018, 0x000B, 0x0003, 0x0010, 0, 0])
    }
  }
}

/// Words of 16 bits as a TPM writes them.
func bigEndian(_ words: [UInt16]) -> [UInt8] {
  words.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
}
