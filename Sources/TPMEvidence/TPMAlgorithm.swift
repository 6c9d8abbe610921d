/// An algorithm that is no hash, by its number in the TPM 2.0 Library (TPM_ALG_ID; TCG Algorithm Registry).
public struct TPMAlgorithm: RawRepresentable, Hashable, Sendable {
  /// TPM_ALG_ID.
  public let rawValue: UInt16

  /// The algorithm with this number, known or not.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// TPM_ALG_RSA.
  public static let rsa = TPMAlgorithm(rawValue: 0x0001)
  /// TPM_ALG_AES.
  public static let aes = TPMAlgorithm(rawValue: 0x0006)
  /// TPM_ALG_NULL: none.
  public static let null = TPMAlgorithm(rawValue: 0x0010)
  /// TPM_ALG_RSASSA: PKCS #1 v1.5.
  public static let rsassa = TPMAlgorithm(rawValue: 0x0014)
  /// TPM_ALG_RSAES.
  public static let rsaes = TPMAlgorithm(rawValue: 0x0015)
  /// TPM_ALG_RSAPSS.
  public static let rsapss = TPMAlgorithm(rawValue: 0x0016)
  /// TPM_ALG_OAEP.
  public static let oaep = TPMAlgorithm(rawValue: 0x0017)
  /// TPM_ALG_ECDSA.
  public static let ecdsa = TPMAlgorithm(rawValue: 0x0018)
  /// TPM_ALG_ECDH.
  public static let ecdh = TPMAlgorithm(rawValue: 0x0019)
  /// TPM_ALG_ECDAA.
  public static let ecdaa = TPMAlgorithm(rawValue: 0x001A)
  /// TPM_ALG_SM2.
  public static let sm2 = TPMAlgorithm(rawValue: 0x001B)
  /// TPM_ALG_ECSCHNORR.
  public static let ecschnorr = TPMAlgorithm(rawValue: 0x001C)
  /// TPM_ALG_ECMQV.
  public static let ecmqv = TPMAlgorithm(rawValue: 0x001D)
  /// TPM_ALG_ECC.
  public static let ecc = TPMAlgorithm(rawValue: 0x0023)
  /// TPM_ALG_CFB.
  public static let cfb = TPMAlgorithm(rawValue: 0x0043)

  /// `rsassa`, or `algorithm 0x0027` for one that has no name here.
  public var name: String {
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
public enum TPMCurve: UInt16, Hashable, Sendable, CaseIterable {
  case p256 = 0x0003
  case p384 = 0x0004
  case p521 = 0x0005

  /// The size of a coordinate, or of half a signature, in bytes.
  public var byteCount: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    case .p521: 66
    }
  }

  /// `P-256`
  public var name: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    case .p521: "P-521"
    }
  }
}
