import EvidenceSupport

@testable import TPMEvidence

/// Devices of made-up models whose firmware starts something beside Windows, after what those of real makers measure.
enum MadeUpModels {
  /// What verifies Windows' boot manager on them: Microsoft's own certificate.
  static let windows = WindowsCertificate.productionPCA2011
  static let thirdParty = MadeUpLogs.certificate("Contoso Third Party")

  /// A notebook: a file of a firmware volume stands in PCR 4 between the separator and the boot manager.
  ///
  /// - Parameters:
  ///   - firmware: The version, which PCR 0 has.
  ///   - revoked: What `dbx` lists.
  static func notebook(
    _ algorithms: [HashAlgorithm] = [.sha256], firmware: String = "1.2.3", revoked: [UInt8] = [1]
  ) throws -> EditableLog {
    var log = try machine(algorithms, firmware: firmware, revoked: revoked)
    let place = try bootManager(of: log)
    log.events.insert(
      log.event(4, .bootServicesApplication, firmwareFile, measured: [0xF0]), at: place)
    return log
  }

  /// A server: a program of its maker runs before the separator of PCR 4, and a certificate for third parties verified it and the driver of a
  /// card.
  static func server(_ algorithms: [HashAlgorithm] = [.sha256]) throws -> EditableLog {
    var log = try machine(algorithms, firmware: "2.5.1", revoked: [1])
    try MadeUpWindows.setDatabase("db", to: [windows, thirdParty], in: &log)
    let driver = log.event(2, EventType(rawValue: 0x8000_0004), MadeUpLogs.image(""), measured: [0xD0])
    log.events.insert(driver, at: try separator(2, of: log))
    let services = MadeUpLogs.image(#"\EFI\Contoso\Services.efi"#)
    log.events.insert(
      log.event(4, .bootServicesApplication, services, measured: [0xE0]), at: try separator(4, of: log))
    let authority = log.event(7, .variableAuthority, MadeUpWindows.authority(thirdParty))
    log.events.insert(authority, at: try separator(7, of: log))
    return log
  }

  /// A PC whose boot manager Microsoft's certificate verified.
  static func machine(
    _ algorithms: [HashAlgorithm] = [.sha256], firmware: String = "1.2.3", revoked: [UInt8] = [1]
  ) throws -> EditableLog {
    var log = MadeUpLogs.windows(algorithms)
    log.events[0] = log.event(0, EventType(rawValue: 8), Array(firmware.utf8))
    try MadeUpWindows.setDatabase("db", to: [windows], in: &log)
    guard
      let dbx = log.first(7, where: { UEFIVariable($0.data[...])?.name == "dbx" }),
      let authority = log.events.lastIndex(where: { $0.type == .variableAuthority })
    else { throw Missing() }
    let list = revoked.isEmpty ? [] : digestList(revoked.map { [UInt8](repeating: $0, count: 32) })
    log.events[dbx] = log.event(
      7, .variableDriverConfig, MadeUpLogs.variable(MadeUpLogs.securityDatabase, "dbx", list))
    log.events[authority] = log.event(7, .variableAuthority, MadeUpWindows.authority(windows))
    return log
  }

  /// An EFI_SIGNATURE_LIST of images' digests.
  static func digestList(_ digests: [[UInt8]]) -> [UInt8] {
    let type: [UInt8] = [
      0x26, 0x16, 0xC4, 0xC1, 0x4C, 0x50, 0x92, 0x40, 0xAC, 0xA9, 0x41, 0xF9, 0x36, 0x93, 0x43, 0x28,
    ]
    let entries = digests.flatMap { [UInt8](repeating: 0x77, count: 16) + $0 }
    return type + little(UInt32(28 + entries.count)) + little(UInt32(0)) + little(UInt32(48)) + entries
  }

  /// Where the boot manager's image stands.
  static func bootManager(of log: EditableLog) throws -> Int {
    guard let place = log.events.lastIndex(where: { $0.register == 4 && $0.type == .bootServicesApplication })
    else { throw Missing() }
    return place
  }

  static func separator(_ register: UInt32, of log: EditableLog) throws -> Int {
    guard let place = log.separators(register).first else { throw Missing() }
    return place
  }

  private struct Missing: Error {}

  /// UEFI_IMAGE_LOAD_EVENT of a file in a volume of the firmware.
  private static let firmwareFile: [UInt8] = {
    func node(_ kind: UInt8, _ name: UInt8) -> [UInt8] {
      [4, kind, 20, 0] + [UInt8](repeating: name, count: 16)
    }
    let path = node(7, 0x11) + node(6, 0x22) + [0x7F, 0xFF, 4, 0]
    return [UInt8](repeating: 0, count: 24) + little(UInt64(path.count)) + path
  }()
}
