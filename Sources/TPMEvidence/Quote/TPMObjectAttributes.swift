/// What a TPM lets be done with an object (TPMA_OBJECT; TPM 2.0 Library, part 2, 8.3).
public struct TPMObjectAttributes: OptionSet, Hashable, Sendable {
  /// The bits as the TPM marshals them.
  public let rawValue: UInt32

  /// Attributes of these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// It cannot leave the TPM, neither alone nor with its parent.
  public static let fixedTPM = TPMObjectAttributes(rawValue: 1 << 1)
  /// Its saved context does not outlive a reset of the TPM.
  public static let stClear = TPMObjectAttributes(rawValue: 1 << 2)
  /// It cannot be moved under another parent.
  public static let fixedParent = TPMObjectAttributes(rawValue: 1 << 4)
  /// The TPM made its secret part itself.
  public static let sensitiveDataOrigin = TPMObjectAttributes(rawValue: 1 << 5)
  /// A password or an HMAC allows its use.
  public static let userWithAuth = TPMObjectAttributes(rawValue: 1 << 6)
  /// Administration needs its policy.
  public static let adminWithPolicy = TPMObjectAttributes(rawValue: 1 << 7)
  /// Wrong passwords do not lock it.
  public static let noDA = TPMObjectAttributes(rawValue: 1 << 10)
  /// Copies of it are encrypted.
  public static let encryptedDuplication = TPMObjectAttributes(rawValue: 1 << 11)
  /// A signing key signs only what the TPM itself made; a decryption key is a parent.
  public static let restricted = TPMObjectAttributes(rawValue: 1 << 16)
  /// It decrypts.
  public static let decrypt = TPMObjectAttributes(rawValue: 1 << 17)
  /// It signs.
  public static let sign = TPMObjectAttributes(rawValue: 1 << 18)
}
