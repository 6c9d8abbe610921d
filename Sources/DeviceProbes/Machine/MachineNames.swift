/// The names by which machines and TPMs tell whether they are virtual.
///
/// The values were gathered from the TCG's vendor registry, from the makers' documents and from public inventories. A name that
/// physical and virtual machines share is not here.
enum MachineNames {
  /// The beginnings of a system's manufacturer and model (SMBIOS type 1), and the platforms that have them.
  struct System: Hashable, Sendable {
    let manufacturer: String
    let model: String
    let allows: Set<MachinePlatform>

    init(_ manufacturer: String, _ model: String, _ allows: Set<MachinePlatform>) {
      self.manufacturer = manufacturer
      self.model = model
      self.allows = allows
    }
  }

  /// Systems; the first row that fits counts. An empty beginning fits everything.
  static let systems: [System] =
    [
      System("Microsoft", "Virtual Machine", [.hyperV, .azure, .virtualDesktop]),
      System("Microsoft", "Windows 365 Link", [.physical]),
      System("Microsoft", "Cloud PC", [.cloudPC]),
      System("Microsoft", "Windows 365", [.cloudPC]),
      System("Microsoft", "Microsoft Dev Box", [.devBox]),
      System("Microsoft", "Surface", [.physical]),
      System("Microsoft", "Windows Dev Kit", [.physical]),
      System("Microsoft", "HoloLens", [.physical]),
    ] + virtualMakers.map { System($0, "", [.other]) } + virtualModels.map { System($0.0, $0.1, [.other]) }
    + physicalMakers.map { System($0, "", [.physical]) }

  /// Manufacturers of nothing but virtual machines.
  private static let virtualMakers = [
    "QEMU", "VMware", "innotek", "Xen", "Parallels", "Bochs", "BHYVE", "Cloud Hypervisor", "oVirt",
    "OpenStack",
    "DigitalOcean", "Linode", "Akamai", "KVM",
  ]

  /// Virtual machines of a manufacturer that also makes hardware, or whose name differs.
  private static let virtualModels = [
    ("", "VirtualBox"), ("", "VMware"), ("", "HVM domU"), ("", "BHYVE"), ("", "KVM"), ("", "Standard PC ("),
    ("", "QEMU"), ("", "OpenStack "), ("", "Parallels "), ("Nutanix", "AHV"),
    ("Apple", "Apple Virtualization"),
    ("Apple", "VirtualMac"), ("Google", "Google Compute Engine"), ("Red Hat", "KVM"), ("Red Hat", "RHEL"),
    ("Red Hat", "RHEV"), ("Red Hat", "OpenStack"), ("Alibaba", "Alibaba Cloud ECS"), ("Hetzner", "vServer"),
  ]

  /// Makers whose other systems are hardware.
  private static let physicalMakers = [
    "Acer", "Alienware", "Apple Inc.", "ASRock", "ASUS", "Dell", "Dynabook", "Epson Direct", "Framework",
    "Fujitsu", "Getac", "Gigabyte", "Hewlett-Packard", "Hewlett Packard", "HP", "Huawei",
    "Intel(R) Client Systems", "Lenovo", "LG Electronics", "Medion", "Micro-Star", "Mouse Computer", "MSI",
    "NEC",
    "Panasonic", "Razer", "Samsung", "Sharp", "Sony", "Star Labs", "Supermicro", "System76", "Toshiba",
    "TUXEDO", "VAIO",
    "Valve", "Wortmann", "Xiaomi",
  ]

  /// Vendors of firmware (SMBIOS type 0) that is made for virtual machines.
  static let firmwares = [
    "SeaBIOS", "QEMU", "Bochs", "innotek", "VMware", "Xen", "BHYVE", "Parallels",
    "EFI Development Kit II / OVMF",
    "Cloud Hypervisor",
  ]

  /// TPM manufacturers by registered id, and the platforms on which they are found.
  ///
  /// `IBM` is libtpms, behind swtpm, and the simulator; `VMW` is VMware. `MSFT` is missing: Hyper-V and Azure have it, and so has Pluton.
  static let tpms: [String: Set<MachinePlatform>] = {
    var result: [String: Set<MachinePlatform>] = ["IBM": [.other], "VMW": [.other], "GOOG": [.other]]
    for chip in chips { result[chip] = [.physical] }
    return result
  }()

  /// Makers of TPMs in hardware or in the firmware of hardware.
  static let chips = [
    "AMD", "ATML", "BRCM", "CSCO", "FLYS", "ROCC", "HPE", "HISI", "IFX", "INTC", "LEN", "NSM", "NTZ", "NTC",
    "QCOM",
    "SMSN", "SNS", "SMSC", "STM", "TXN", "WEC",
  ]

  /// Whether a maker left the field as its board came.
  static func isPlaceholder(_ name: String) -> Bool {
    placeholders.contains { begins(name, $0) }
  }

  private static let placeholders = [
    "To be filled", "Default string", "System manufacturer", "System Product Name", "Not Specified",
    "Not Applicable",
    "Unknown", "None", "N/A", "O.E.M.", "OEM", "Undefined", "Invalid",
  ]

  /// Whether a name begins with another, as far as ASCII letters go in either case.
  static func begins(_ name: String, _ beginning: String) -> Bool {
    var bytes = name.utf8.makeIterator()
    return beginning.utf8.allSatisfy { byte in bytes.next().map { lowercase($0) == lowercase(byte) } ?? false
    }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

  /// A name without the blanks, line ends and zero bytes around it.
  static func trimmed(_ name: String) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    let bytes = Array(name.utf8)
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
