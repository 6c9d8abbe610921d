/// What a TPM says of a key that is loaded in it, and signs (TPMS_ATTEST with TPMS_CERTIFY_INFO; TPM 2.0 Library, part 2, 10.12).
///
/// A TPM certifies no key of which it holds the public part alone (part 3, TPM2_Certify), so that whoever has the public area of this name knows
/// that its TPM holds the secret part too.
package struct TPMCertification: Hashable, Sendable {
  /// TPMS_ATTEST as it came; this is what is signed.
  package let bytes: [UInt8]
  /// What the TPM was asked to sign along: the nonce.
  package let extraData: [UInt8]
  /// The name of the key (``TPMPublic/name``).
  package let name: [UInt8]
  /// The name of the key with its parents.
  package let qualifiedName: [UInt8]

  /// Reads TPMS_ATTEST. Nothing may follow, and it has to be the certification of a key.
  package init(_ bytes: [UInt8]) throws(TPMStructureError) {
    var reader = TPMReader(bytes[...], of: "the statement")
    guard bytes.count <= TPMAttest.byteLimit else {
      throw reader.problem("it has \(bytes.count) bytes, more than the \(TPMAttest.byteLimit) that any has")
    }
    extraData = try TPMAttest.Head(&reader, .certification).extraData
    name = Array(try reader.sized("the name of the key", limit: 66))
    qualifiedName = Array(try reader.sized("the name of the key with its parents", limit: 66))
    try reader.finish()
    self.bytes = bytes
  }
}
