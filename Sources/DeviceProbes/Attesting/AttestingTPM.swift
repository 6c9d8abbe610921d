import CTSS2
import TPMEvidence

/// A TPM that is asked for keys, quotes and what its NV memory holds. What it makes on the way is flushed, since one without a
/// resource manager has room for three keys.
struct AttestingTPM {
  let connection: TPMConnection
  let functions: TSSAttestation
  let context: OpaquePointer

  /// A key that is loaded.
  struct Key {
    let handle: ESYS_TR
    let area: TPMPublic
  }

  /// ESYS_TR_NONE, ESYS_TR_PASSWORD and ESYS_TR_RH_ENDORSEMENT; the header has them as casts, which Swift does not see.
  static let none = ESYS_TR(0xFFF)
  static let password = ESYS_TR(0x0FF)
  static let endorsementHierarchy = ESYS_TR(0x10B)
  static let ownerHierarchy = ESYS_TR(0x101)
  static let success = TSS2_RC(TSS2_RC_SUCCESS)

  init(_ connection: TPMConnection, functions: TSSAttestation) throws(TPMFailure) {
    self.connection = connection
    self.functions = functions
    context = try connection.opened()
  }

  /// Why the TPM refused, with what to do about it where that is known.
  func refusal(_ what: String, _ code: TSS2_RC) -> TPMFailure {
    let advice = TPMAdvice(code).map { "; \($0.text)" } ?? ""
    return TPMFailure(reason: "the TPM refused \(what): \(connection.library.explain(code))\(advice)")
  }
}

/// The first bytes of a C array, which is a tuple here.
func bytes<Array>(of array: Array, count: Int) -> [UInt8] {
  withUnsafeBytes(of: array) { [UInt8]($0.prefix(count)) }
}

/// Writes bytes to the beginning of a C array; whether there is room for them.
func fill<Array>(_ array: inout Array, with bytes: [UInt8]) -> Bool {
  withUnsafeMutableBytes(of: &array) { room in
    guard bytes.count <= room.count else { return false }
    room.copyBytes(from: bytes)
    return true
  }
}
