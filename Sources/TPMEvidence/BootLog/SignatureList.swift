/// What a signature database of UEFI allows or forbids: one entry of an EFI_SIGNATURE_LIST.
package enum SignatureEntry: Hashable, Sendable {
  /// A certificate.
  case certificate(Certificate)
  /// The SHA-256 digest of an image.
  case sha256([UInt8])
  /// Something of another kind, and the SHA-256 digest of its type and data.
  case other(GUID, digest: [UInt8])
}

extension SignatureEntry {
  /// A name for reasons, with the digest that cannot be borrowed.
  var shownAuthority: String {
    switch self {
    case .certificate(let certificate):
      certificate.subject.map { "'\($0)' (SHA-1 \(hexadecimal(certificate.thumbprint)))" }
        ?? "the certificate with SHA-1 \(hexadecimal(certificate.thumbprint))"
    case .sha256(let digest): "the digest \(hexadecimal(digest)) of an image"
    case .other(let type, _): "an entry of the type \(type)"
    }
  }
}

/// Reads the signature lists of `PK`, `KEK`, `db` and `dbx` (UEFI 2.10, section 32.4.1).
enum SignatureList {
  /// The entries; nil when the lists are not well formed.
  static func entries(of value: ArraySlice<UInt8>) -> [SignatureEntry]? {
    var entries: [SignatureEntry] = []
    var lists = ByteCursor(value)
    while lists.left > 0 {
      guard let type = GUID(lists.take(16)), let listSize = lists.uint32(), let headerSize = lists.uint32(),
        let entrySize = lists.uint32(), listSize >= 28, entrySize > 16,
        let body = lists.take(Int(listSize) - 28), Int(headerSize) <= body.count
      else { return nil }
      var rest = ByteCursor(body.dropFirst(Int(headerSize)))
      guard rest.left % Int(entrySize) == 0 else { return nil }
      while let entry = rest.take(Int(entrySize)) { entries.append(self.entry(type, entry.dropFirst(16))) }
    }
    return entries
  }

  private static func entry(_ type: GUID, _ data: ArraySlice<UInt8>) -> SignatureEntry {
    switch type {
    case .x509: .certificate(Certificate(data))
    case .sha256 where data.count == 32: .sha256(Array(data))
    default: .other(type, digest: HashAlgorithm.sha256.digest(of: type.bytes + data) ?? [])
    }
  }
}
