import Cryptography

/// An algorithm that is no hash, by its number in the TPM 2.0 Library (TPM_ALG_ID; TCG Algorithm Registry).
package struct TPMAlgorithm: RawRepresentable, Hashable, Sendable {
  /// TPM_ALG_ID.
  package let rawValue: UInt16

  /// The algorithm with this number, known or not.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// TPM_ALG_RSA.
  package static let rsa = TPMAlgorithm(rawValue: 0x0001)
  /// TPM_ALG_AES.
  package static let aes = TPMAlgorithm(rawValue: 0x0006)
  /// TPM_ALG_NULL: none.
  package static let null = TPMAlgorithm(rawValue: 0x0010)
  /// TPM_ALG_RSASSA: PKCS #1 v1.5.
  package static let rsassa = TPMAlgorithm(rawValue: 0x0014)
  /// TPM_ALG_RSAES.
  package static let rsaes = TPMAlgorithm(rawValue: 0x0015)
  /// TPM_ALG_RSAPSS.
  package static let rsapss = TPMAlgorithm(rawValue: 0x0016)
  /// TPM_ALG_OAEP.
  package static let oaep = TPMAlgorithm(rawValue: 0x0017)
  /// TPM_ALG_ECDSA.
  package static let ecdsa = TPMAlgorithm(rawValue: 0x0018)
  /// TPM_ALG_ECDH.
  package static let ecdh = TPMAlgorithm(rawValue: 0x0019)
  /// TPM_ALG_ECDAA.
  package static let ecdaa = TPMAlgorithm(rawValue: 0x001A)
  /// TPM_ALG_SM2.
  package static let sm2 = TPMAlgorithm(rawValue: 0x001B)
  /// TPM_ALG_ECSCHNORR.
  package static let ecschnorr = TPMAlgorithm(rawValue: 0x001C)
  /// TPM_ALG_ECMQV.
  package static let ecmqv = TPMAlgorithm(rawValue: 0x001D)
  /// TPM_ALG_ECC.
  package static let ecc = TPMAlgorithm(rawValue: 0x0023)
  /// TPM_ALG_CFB.
  package static let cfb = TPMAlgorithm(rawValue: 0x0043)

  /// `rsassa`, or `algorithm 0x0027` for one that has no name here.
  package var name: String {
    switch self {
    case .rsa: "rsa"
    case .aes: "aes"
    case .null: "null"
    case .rsassa: "rsassa"
    case .rsaes: "rsaes"
    case .rsapss: "rsapss"
    case .oaep: "oaep"
    case .ecdsa: "ecdsa"
    case .ecdh: "ecdh"
    case .ecdaa: "ecdaa"
    case .sm2: "sm2"
    case .ecschnorr: "ecschnorr"
    case .ecmqv: "ecmqv"
    case .ecc: "ecc"
    case .cfb: "cfb"
    default: "algorithm 0x" + hexadecimal([UInt8(rawValue >> 8), UInt8(rawValue & 0xFF)])
    }
  }
}

/// An elliptic curve, by its number in the TPM 2.0 Library (TPM_ECC_CURVE).
package enum TPMCurve: UInt16, Hashable, Sendable, CaseIterable {
  case p256 = 0x0003
  case p384 = 0x0004
  case p521 = 0x0005

  /// The size of a coordinate, or of half a signature, in bytes.
  package var byteCount: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    case .p521: 66
    }
  }

  /// `P-256`
  package var name: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    case .p521: "P-521"
    }
  }

  private var libraryCurve: LibraryCurve {
    switch self {
    case .p256: .p256
    case .p384: .p384
    case .p521: .p521
    }
  }

  /// Whether a signature of ECDSA over a message holds; nil when the point is none of the curve, the hash has no ECDSA here, or there is no
  /// libcrypto.
  ///
  /// - Parameter signature: Both numbers, each as long as the curve has them.
  package func isValid(
    _ signature: [UInt8], over message: [UInt8], _ hash: HashAlgorithm, byPoint point: [UInt8]
  ) -> Bool? {
    guard let function = hash.libraryHash, function != .sm3, let digest = hash.digest(of: message),
      signature.count == 2 * byteCount, point.count == 2 * byteCount
    else { return nil }
    return LibCrypto.installed?.isValid(
      r: signature.prefix(byteCount), s: signature.suffix(byteCount), digest: digest, function,
      by: [4] + point, on: libraryCurve) ?? nil
  }

  /// A fresh key's public point (4, x, y) and the x coordinate that it shares with the key of a point (4, x, y); nil when that is not on the
  /// curve, and without libcrypto.
  func exchange(with point: [UInt8]) -> (ephemeral: [UInt8], shared: [UInt8])? {
    LibCrypto.installed?.exchange(on: libraryCurve, with: point)
  }
}
