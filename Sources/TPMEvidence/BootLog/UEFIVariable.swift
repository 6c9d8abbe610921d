/// A GUID as UEFI keeps it: 16 bytes, of which the first three groups are little-endian.
package struct GUID: Hashable, Sendable, CustomStringConvertible {
  /// The 16 bytes as they lie in memory.
  package let bytes: [UInt8]

  init?(_ bytes: ArraySlice<UInt8>?) {
    guard let bytes, bytes.count == 16 else { return nil }
    self.bytes = Array(bytes)
  }

  init(_ first: UInt32, _ second: UInt16, _ third: UInt16, _ rest: [UInt8]) {
    bytes =
      [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: first >> $0) }
      + [second, third].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } + rest
  }

  /// `8be4df61-93ca-11d2-aa0d-00e098032b8c`
  package var description: String {
    let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
    let text = hexadecimal(order.map { bytes[$0] })
    var result = ""
    for (index, character) in text.enumerated() {
      if [8, 12, 16, 20].contains(index) { result += "-" }
      result.append(character)
    }
    return result
  }

  /// EFI_GLOBAL_VARIABLE: `SecureBoot`, `PK`, `KEK`.
  static let globalVariable = GUID(
    0x8BE4_DF61, 0x93CA, 0x11D2, [0xAA, 0x0D, 0x00, 0xE0, 0x98, 0x03, 0x2B, 0x8C])
  /// EFI_IMAGE_SECURITY_DATABASE_GUID: `db`, `dbx`.
  static let securityDatabase = GUID(
    0xD719_B2CB, 0x3D3A, 0x4596, [0xA3, 0xBC, 0xDA, 0xD0, 0x0E, 0x67, 0x65, 0x6F])
  /// The variables of shim.
  static let shim = GUID(0x605D_AB50, 0xE046, 0x4300, [0xAB, 0xB6, 0x3D, 0xD8, 0x10, 0xDD, 0x8B, 0x23])
  /// EFI_CERT_X509_GUID.
  static let x509 = GUID(0xA5C0_59A1, 0x94E4, 0x4AA7, [0x87, 0xB5, 0xAB, 0x15, 0x5C, 0x2B, 0xF0, 0x72])
  /// EFI_CERT_SHA256_GUID.
  static let sha256 = GUID(0xC1C4_1626, 0x504C, 0x4092, [0xAC, 0xA9, 0x41, 0xF9, 0x36, 0x93, 0x43, 0x28])
}

/// A UEFI variable as it is measured: UEFI_VARIABLE_DATA (TCG PFP, section 10.2.6).
struct UEFIVariable: Hashable, Sendable {
  let vendor: GUID
  let name: String
  let value: ArraySlice<UInt8>

  /// Nil for anything that is not exactly one variable.
  init?(_ data: ArraySlice<UInt8>) {
    var cursor = ByteCursor(data)
    guard let vendor = GUID(cursor.take(16)), let nameLength = cursor.uint64(), let size = cursor.uint64(),
      nameLength <= 1024, let name = cursor.take(nameLength * 2), let value = cursor.take(size),
      cursor.left == 0
    else { return nil }
    self.vendor = vendor
    self.name = textOfUTF16(name)
    self.value = value
  }
}
