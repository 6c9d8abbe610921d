/// The endorsement keys that the TCG EK Credential Profile for TPM 2.0 (version 2.6, annex B) defines: where a TPM keeps the certificate of
/// each, and the template that makes its key.
struct EndorsementTemplate: Hashable, Sendable {
  /// What the profile calls it, such as `L-1`.
  let name: String
  /// The NV index of the certificate in X.509.
  let certificate: UInt32
  /// The NV index of a nonce that makes the key differ from that of the plain template; only the low range has one.
  let nonce: UInt32?
  /// The NV index of a template in the place of ``standard``.
  let template: UInt32
  /// TPMT_PUBLIC.
  let standard: [UInt8]
  /// Where a nonce stands in ``standard``, and how long it may be; nil in the high range.
  let nonceRange: Range<Int>?

  /// All, those first that most TPMs have a certificate for and that most verifiers know.
  static let all: [EndorsementTemplate] = [
    low("L-1", 0x01C0_0002, type: [0x0001], parameters: [2048, 0, 0], sizes: [256]),
    low("L-2", 0x01C0_000A, type: [0x0023], parameters: [0x0003, 0x0010], sizes: [32, 32]),
    high("H-1", 0x01C0_0012, [0x0001, 0x000B], policySHA256, aes: 128, parameters: [2048, 0, 0, 0]),
    high("H-2", 0x01C0_0014, [0x0023, 0x000B], policySHA256, aes: 128, parameters: [0x0003, 0x0010, 0, 0]),
    high("H-3", 0x01C0_0016, [0x0023, 0x000C], policySHA384, aes: 256, parameters: [0x0004, 0x0010, 0, 0]),
    high("H-4", 0x01C0_0018, [0x0023, 0x000D], policySHA512, aes: 256, parameters: [0x0005, 0x0010, 0, 0]),
    high("H-6", 0x01C0_001C, [0x0001, 0x000C], policySHA384, aes: 256, parameters: [3072, 0, 0, 0]),
    high("H-7", 0x01C0_001E, [0x0001, 0x000C], policySHA384, aes: 256, parameters: [4096, 0, 0, 0]),
  ]

  /// The standard template with a nonce in it, zeros behind; nil where there is no place for it.
  func standard(with nonce: [UInt8]) -> [UInt8]? {
    guard let nonceRange, nonce.count <= nonceRange.count else { return nil }
    var bytes = standard
    bytes.replaceSubrange(nonceRange.prefix(nonce.count), with: nonce)
    return bytes
  }

  /// A key that only the endorsement hierarchy's authorization can use: adminWithPolicy, restricted, decrypt.
  private static func low(
    _ name: String, _ certificate: UInt32, type: [UInt16], parameters: [UInt16], sizes: [Int]
  ) -> EndorsementTemplate {
    var bytes = bigEndian(type + [0x000B, 0x0003, 0x00B2, UInt16(policyOfEndorsement.count)])
    bytes += policyOfEndorsement
    bytes += bigEndian([0x0006, 128, 0x0043, 0x0010] + parameters)
    let first = bytes.count + 2
    for size in sizes { bytes += bigEndian([UInt16(size)]) + [UInt8](repeating: 0, count: size) }
    return EndorsementTemplate(
      name: name, certificate: certificate, nonce: certificate + 1, template: certificate + 2,
      standard: bytes, nonceRange: first..<first + sizes[0])
  }

  /// A key with userWithAuth as well, so that its own, empty, authorization can use it.
  private static func high(
    _ name: String, _ certificate: UInt32, _ algorithms: [UInt16], _ policy: [UInt8], aes: UInt16,
    parameters: [UInt16]
  ) -> EndorsementTemplate {
    let bytes =
      bigEndian(algorithms + [0x0003, 0x00F2, UInt16(policy.count)]) + policy
      + bigEndian([0x0006, aes, 0x0043, 0x0010] + parameters)
    return EndorsementTemplate(
      name: name, certificate: certificate, nonce: nil, template: certificate + 1, standard: bytes,
      nonceRange: nil)
  }

  /// PolicyA of the profile: TPM2_PolicySecret with the endorsement hierarchy.
  private static let policyOfEndorsement: [UInt8] = [
    0x83, 0x71, 0x97, 0x67, 0x44, 0x84, 0xB3, 0xF8, 0x1A, 0x90, 0xCC, 0x8D, 0x46, 0xA5, 0xD7, 0x24,
    0xFD, 0x52, 0xD7, 0x6E, 0x06, 0x52, 0x0B, 0x64, 0xF2, 0xA1, 0xDA, 0x1B, 0x33, 0x14, 0x69, 0xAA,
  ]

  /// PolicyB of the profile in SHA-256: PolicyA, or a policy that its owner keeps in NV memory.
  private static let policySHA256: [UInt8] = [
    0xCA, 0x3D, 0x0A, 0x99, 0xA2, 0xB9, 0x39, 0x06, 0xF7, 0xA3, 0x34, 0x24, 0x14, 0xEF, 0xCF, 0xB3,
    0xA3, 0x85, 0xD4, 0x4C, 0xD1, 0xFD, 0x45, 0x90, 0x89, 0xD1, 0x9B, 0x50, 0x71, 0xC0, 0xB7, 0xA0,
  ]

  /// PolicyB in SHA-384.
  private static let policySHA384: [UInt8] = [
    0xB2, 0x6E, 0x7D, 0x28, 0xD1, 0x1A, 0x50, 0xBC, 0x53, 0xD8, 0x82, 0xBC, 0xF5, 0xFD, 0x3A, 0x1A,
    0x07, 0x41, 0x48, 0xBB, 0x35, 0xD3, 0xB4, 0xE4, 0xCB, 0x1C, 0x0A, 0xD9, 0xBD, 0xE4, 0x19, 0xCA,
    0xCB, 0x47, 0xBA, 0x09, 0x69, 0x96, 0x46, 0x15, 0x0F, 0x9F, 0xC0, 0x00, 0xF3, 0xF8, 0x0E, 0x12,
  ]

  /// PolicyB in SHA-512.
  private static let policySHA512: [UInt8] = [
    0xB8, 0x22, 0x1C, 0xA6, 0x9E, 0x85, 0x50, 0xA4, 0x91, 0x4D, 0xE3, 0xFA, 0xA6, 0xA1, 0x8C, 0x07,
    0x2C, 0xC0, 0x12, 0x08, 0x07, 0x3A, 0x92, 0x8D, 0x5D, 0x66, 0xD5, 0x9E, 0xF7, 0x9E, 0x49, 0xA4,
    0x29, 0xC4, 0x1A, 0x6B, 0x26, 0x95, 0x71, 0xD5, 0x7E, 0xDB, 0x25, 0xFB, 0xDB, 0x18, 0x38, 0x42,
    0x56, 0x08, 0xB4, 0x13, 0xCD, 0x61, 0x6A, 0x5F, 0x6D, 0xB5, 0xB6, 0x07, 0x1A, 0xF9, 0x9B, 0xEA,
  ]
}
