import TPMEvidence

/// Logs as healthy machines write them, made here so that the project tests itself without recordings.
enum MadeUpLogs {
  static let globalVariable: [UInt8] = [
    0x61, 0xDF, 0xE4, 0x8B, 0xCA, 0x93, 0xD2, 0x11, 0xAA, 0x0D, 0x00, 0xE0, 0x98, 0x03, 0x2B, 0x8C,
  ]
  static let securityDatabase: [UInt8] = [
    0xCB, 0xB2, 0x19, 0xD7, 0x3A, 0x3D, 0x96, 0x45, 0xA3, 0xBC, 0xDA, 0xD0, 0x0E, 0x67, 0x65, 0x6F,
  ]
  static let x509: [UInt8] = [
    0xA1, 0x59, 0xC0, 0xA5, 0xE4, 0x94, 0xA7, 0x4A, 0x87, 0xB5, 0xAB, 0x15, 0x5C, 0x2B, 0xF0, 0x72,
  ]
  static let separator: [UInt8] = [0, 0, 0, 0]

  static func variable(_ vendor: [UInt8], _ name: String, _ value: [UInt8]) -> [UInt8] {
    vendor + little(UInt64(name.utf16.count)) + little(UInt64(value.count)) + utf16(name) + value
  }

  static func secureBoot(_ value: [UInt8]) -> [UInt8] { variable(globalVariable, "SecureBoot", value) }

  static func element(_ tag: UInt32, _ data: [UInt8]) -> [UInt8] {
    little(tag) + little(UInt32(data.count)) + data
  }

  /// DER with a length of one or two bytes more.
  static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let size = content.count
    if size < 0x80 { return [tag, UInt8(size)] + content }
    if size < 0x100 { return [tag, 0x81, UInt8(size)] + content }
    return [tag, 0x82, UInt8(size >> 8), UInt8(size & 0xFF)] + content
  }

  /// What a reader of subjects sees of a certificate.
  static func certificate(_ name: String, organization: String = "Contoso") -> [UInt8] {
    func attribute(_ kind: UInt8, _ text: String) -> [UInt8] {
      der(0x31, der(0x30, der(0x06, [0x55, 0x04, kind]) + der(0x0C, Array(text.utf8))))
    }
    let subject = der(0x30, attribute(10, organization) + attribute(3, name))
    let fields =
      der(0xA0, der(0x02, [2])) + der(0x02, [7]) + der(0x30, []) + der(0x30, []) + der(0x30, []) + subject
      + der(0x30, [UInt8](repeating: 1, count: 64))
    return der(0x30, der(0x30, fields))
  }

  static func signatureList(_ certificate: [UInt8]) -> [UInt8] {
    let entry = [UInt8](repeating: 0x77, count: 16) + certificate
    return x509 + little(UInt32(28 + entry.count)) + little(UInt32(0)) + little(UInt32(entry.count)) + entry
  }

  static func image(_ path: String) -> [UInt8] {
    let text = utf16(path) + [0, 0]
    let devicePath = [4, 4] + little(UInt16(4 + text.count)) + text + [0x7F, 0xFF, 4, 0]
    return [UInt8](repeating: 0, count: 24) + little(UInt64(devicePath.count)) + devicePath
  }

  /// What a stage of Windows says in PCR 12, in a trust boundary.
  static func stage(_ elements: [(UInt32, [UInt8])]) -> [UInt8] {
    element(0x4001_0001, elements.flatMap { element($0.0, $0.1) })
  }

  static let bootManager = stage([
    (0x0002_0009, little(UInt32(3))), (0x0004_0001, [0]), (0x0005_0003, [0]), (0x0005_0021, [0]),
    (0x0005_0002, [1]), (0x0002_0005, little(UInt32(4))),
  ])

  static let loader = stage([
    (0x0002_0009, little(UInt32(5))), (0x0005_0001, [0]), (0x0005_0005, [0]), (0x0005_0006, [0]),
    (0x0005_000A, little(UInt64(1))), (0x0005_0012, little(UInt64(1))), (0x000A_0007, little(UInt64(1))),
    (0x4001_0002, element(0x0009_0001, utf16("Contoso AV")) + element(0x0009_0004, [1, 2, 3])),
    (0x0004_0001, [0]), (0x0005_0003, [0]), (0x0005_0021, [0]), (0x0005_0002, [1]),
  ])

  /// Windows on a PC with Secure Boot on, in the crypto-agile form.
  static func windows(_ algorithms: [HashAlgorithm] = [.sha1, .sha256]) -> EditableLog {
    var log = EditableLog(algorithms)
    firmware(&log, signer: "Contoso Boot Signer")
    log.add(4, .bootServicesApplication, image(#"\EFI\Microsoft\Boot\bootmgfw.efi"#), measured: [0xB0])
    for stage in [bootManager, loader] { log.add(12, .eventTag, stage) }
    log.add(13, .eventTag, modules)
    for register in [12, 13, 14] as [UInt32] { log.add(register, .separator, "WBCL") }
    return log
  }

  static let modules = stage([
    (
      0x4001_0003,
      element(0x0007_0001, utf16(#"\Windows\system32\winload.efi"#)) + element(0x0007_0004, [9, 9])
        + element(0x0007_0008, utf16("Microsoft Windows")) + element(0x0007_000A, [1])
        + element(0x0007_000B, little(UInt32(2)))
    ),
    (0x0004_0002, little(UInt64(132)) + little(UInt32(2)) + [0x0B, 0, 0xAB, 0xCD]),
  ])

  /// Linux, started by shim and GRUB, with Secure Boot on.
  static func linux() -> EditableLog {
    var log = EditableLog([.sha256])
    firmware(&log, signer: "Contoso Third Party")
    log.add(4, .bootServicesApplication, image(#"\EFI\debian\shimx64.efi"#), measured: [1])
    log.add(4, .bootServicesApplication, image(#"\EFI\debian\grubx64.efi"#), measured: [2])
    return log
  }

  private static func firmware(_ log: inout EditableLog, signer: String) {
    log.add(0, EventType(rawValue: 8), "1.2.3")
    log.add(7, .variableDriverConfig, secureBoot([1]))
    for (vendor, name) in [(globalVariable, "PK"), (globalVariable, "KEK"), (securityDatabase, "db")] {
      let other = name == "db" ? signatureList(certificate(signer)) : []
      let list = signatureList(certificate("Contoso \(name)")) + other
      log.add(7, .variableDriverConfig, variable(vendor, name, list))
    }
    log.add(7, .variableDriverConfig, variable(securityDatabase, "dbx", []))
    log.add(7, .separator, separator)
    log.add(4, .efiAction, "Calling EFI Application from Boot Option")
    for register in 0...6 as ClosedRange<UInt32> { log.add(register, .separator, separator) }
    let signature = [UInt8](repeating: 0x77, count: 16) + certificate(signer)
    log.add(7, .variableAuthority, variable(securityDatabase, "db", signature))
  }
}
