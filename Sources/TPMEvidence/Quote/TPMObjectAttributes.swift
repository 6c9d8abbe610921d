/// What a TPM lets be done with an object (TPMA_OBJECT; TPM 2.0 Library, part 2, 8.3).
package struct TPMObjectAttributes: OptionSet, Hashable, Sendable {
  /// The bits as the TPM marshals them.
  package let rawValue: UInt32

  /// Attributes of these bits.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// It cannot leave the TPM, neither alone nor with its parent.
  package static let fixedTPM = TPMObjectAttributes(rawValue: 1 << 1)
  /// Its saved context does not outlive a reset of the TPM.
  package static let stClear = TPMObjectAttributes(rawValue: 1 << 2)
  /// It cannot be moved under another parent.
  package static let fixedParent = TPMObjectAttributes(rawValue: 1 << 4)
  /// The TPM made its secret part itself.
  package static let sensitiveDataOrigin = TPMObjectAttributes(rawValue: 1 << 5)
  /// A password or an HMAC allows its use.
  package static let userWithAuth = TPMObjectAttributes(rawValue: 1 << 6)
  /// Administration needs its policy.
  package static let adminWithPolicy = TPMObjectAttributes(rawValue: 1 << 7)
  /// Wrong passwords do not lock it.
  package static let noDA = TPMObjectAttributes(rawValue: 1 << 10)
  /// Copies of it are encrypted.
  package static let encryptedDuplication = TPMObjectAttributes(rawValue: 1 << 11)
  /// A signing key signs only what the TPM itself made; a decryption key is a parent.
  package static let restricted = TPMObjectAttributes(rawValue: 1 << 16)
  /// It decrypts.
  package static let decrypt = TPMObjectAttributes(rawValue: 1 << 17)
  /// It signs.
  package static let sign = TPMObjectAttributes(rawValue: 1 << 18)
}
