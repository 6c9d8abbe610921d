import PolicyModel

/// The tables of osquery that are read, by the names of its schema.
enum OsqueryTable: String, Hashable, Sendable, CaseIterable {
  case osVersion = "os_version"
  case systemInfo = "system_info"
  case platformInfo = "platform_info"
  case chassisInfo = "chassis_info"
  case cpuInfo = "cpu_info"
  case tpmInfo = "tpm_info"
  case secureBoot = "secureboot"
  case deviceGuard = "deviceguard_status"
  case securityCenter = "windows_security_center"
  case bitLocker = "bitlocker_info"
  case logicalDrives = "logical_drives"
  case diskInfo = "disk_info"
  case diskEncryption = "disk_encryption"
  case mounts = "mounts"
  case services = "services"

  /// A table by its name, or by a name that it had.
  init?(named name: String) {
    self.init(rawValue: name == "hvci_status" ? "deviceguard_status" : name)
  }

  /// Whether osquery has the table on Windows alone.
  var isOfWindows: Bool {
    switch self {
    case .chassisInfo, .tpmInfo, .deviceGuard, .securityCenter, .bitLocker, .logicalDrives, .diskInfo,
      .services:
      true
    case .osVersion, .systemInfo, .platformInfo, .cpuInfo, .secureBoot, .diskEncryption, .mounts: false
    }
  }

  /// Columns by which rows are known whose table is not named; no other table of osquery has all of them.
  private var marks: [String] {
    switch self {
    case .osVersion: ["platform_like", "codename"]
    case .systemInfo: ["cpu_type", "hardware_vendor", "hardware_model"]
    case .platformInfo: ["firmware_type"]
    case .chassisInfo: ["smbios_tag"]
    case .cpuInfo: ["max_clock_speed", "address_width"]
    case .tpmInfo: ["spec_version", "manufacturer_name"]
    case .secureBoot: ["secure_boot"]
    case .deviceGuard: ["vbs_status"]
    case .securityCenter: ["windows_security_center_service"]
    case .bitLocker: ["protection_status", "conversion_status"]
    case .logicalDrives: ["boot_partition"]
    case .diskInfo: ["disk_index", "disk_size"]
    case .diskEncryption: ["encrypted", "encryption_status"]
    case .mounts: ["device_alias"]
    case .services: ["start_type", "service_type"]
    }
  }

  /// The table of a row whose query has another name; nil when the columns tell of none.
  init?(rowWithColumns row: JSONValue) {
    guard case .object(let members) = row else { return nil }
    let columns = Set(members.map(\.name))
    guard let table = Self.allCases.first(where: { columns.isSuperset(of: $0.marks) }) else { return nil }
    self = table
  }
}
