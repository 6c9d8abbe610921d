import CSPCatalog
import Foundation
import PolicyModel

@testable import DeviceProbes

/// A made-up root folder of a Linux machine.
final class LinuxTree {
  private let folder: TemporaryFolder

  init(_ files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for (path, text) in files { try add(path, text) }
  }

  var root: String { folder.url.path }

  func add(_ path: String, _ text: String) throws { try add(path, bytes: Array(text.utf8)) }

  func add(_ path: String, bytes: [UInt8]) throws {
    let url = try place(path)
    try Data(bytes).write(to: url)
  }

  func folder(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent(path), withIntermediateDirectories: true)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: try place(path).path, withDestinationPath: target)
  }

  func pipe(_ path: String) throws { mkfifo(try place(path).path, 0o600) }

  /// A disk or another block device, known by its name and its number; a partition lies in the folder of its disk.
  func block(
    _ name: String, number: String, in disk: String? = nil, slaves: [String] = [],
    mapped: (String, String)? = nil
  )
    throws
  {
    let path = "/sys/devices/block/" + (disk.map { "\($0)/" } ?? "") + name
    try folder(path)
    if disk != nil { try add(path + "/partition", "1\n") } else { try folder(path + "/slaves") }
    for slave in slaves { try link("\(path)/slaves/\(slave)", to: "../../\(slave)") }
    if let mapped {
      try add(path + "/dm/name", mapped.0 + "\n")
      try add(path + "/dm/uuid", mapped.1 + "\n")
    } else if disk == nil, slaves.isEmpty {
      try folder(path + "/device")
    }
    let target = String(path.dropFirst("/sys/".count))
    try link("/sys/class/block/\(name)", to: "../../\(target)")
    try link("/sys/dev/block/\(number)", to: "../../\(target)")
  }

  func mount(_ device: String, type: String = "ext4", source: String = "/dev/root") throws {
    try add(
      "/proc/self/mountinfo",
      """
      21 1 0:19 / /proc rw,nosuid shared:12 - proc proc rw
      22 1 \(device) / / rw,relatime shared:1 - \(type) \(source) rw
      23 22 8:99 / /boot rw,relatime shared:2 - ext4 /dev/sdz99 rw

      """)
  }

  private func place(_ path: String) throws -> URL {
    let url = folder.url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    return url
  }

  /// What the probe says of this machine, about all facts of the catalogue.
  func answers(machine: String = "x86_64") throws -> [String: Observation.Content] {
    try LinuxProbe(root: root, machine: machine).observe(FactCatalog.embedded.entries.map(\.declaration))
      .mapValues(\.content)
  }
}

extension LinuxTree {
  static let global = "8be4df61-93ca-11d2-aa0d-00e098032b8c"

  /// A laptop of 2 cores with 4 threads, UEFI, a TPM 2.0 and LUKS below LVM.
  static func laptop() throws -> LinuxTree {
    let tree = try LinuxTree([
      "/etc/os-release": "NAME=Somix\nID=somix\nPRETTY_NAME=\"Somix 7 (Example)\"\n",
      "/sys/class/dmi/id/sys_vendor": "Dell Inc.\n", "/sys/class/dmi/id/product_name": "Latitude 7440\n",
      "/sys/class/dmi/id/bios_vendor": "Dell Inc.\n", "/sys/class/dmi/id/chassis_asset_tag": "\n",
      "/proc/cpuinfo":
        "processor\t: 0\nmodel name\t: Example\nflags\t\t: fpu vme lm sse2\n\nprocessor\t: 1\nflags\t\t: fpu\n",
      "/proc/meminfo": "MemTotal:       16083256 kB\nMemFree:         1 kB\n",
      "/proc/cmdline": "root=/dev/mapper/vg-root quiet\n",
      "/sys/class/tpm/tpm0/tpm_version_major": "2\n", "/sys/class/tpm/tpm0/pcr-sha256/0": "00\n",
      "/sys/class/tpm/tpm0/pcr-sha384/0": "00\n",
      "/sys/devices/system/cpu/present": "0-3\n", "/sys/devices/system/cpu/online": "0-3\n",
      "/sys/devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq": "4700000\n",
      "/sys/devices/system/cpu/cpufreq/policy1/cpuinfo_max_freq": "3500000\n",
      "/sys/kernel/security/lockdown": "none [integrity] confidentiality\n",
      "/sys/bus/thunderbolt/devices/domain0/iommu_dma_protection": "1\n",
    ])
    for cpu in 0..<4 {
      try tree.add(
        "/sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list", cpu % 2 == 0 ? "0,2\n" : "1,3\n")
    }
    try tree.variable("SecureBoot", [6, 0, 0, 0, 1])
    try tree.variable("SetupMode", [6, 0, 0, 0, 0])
    try tree.add("/sys/firmware/dmi/tables/DMI", bytes: SMBIOSSample.table(sizes: [0x2000, 0x2000]))
    try tree.block("nvme0n1", number: "259:0")
    try tree.block("nvme0n1p3", number: "259:3", in: "nvme0n1")
    try tree.link("/sys/devices/block/nvme0n1p3", to: "nvme0n1/nvme0n1p3")
    try tree.block(
      "dm-0", number: "253:0", slaves: ["nvme0n1p3"],
      mapped: ("luks-1", "CRYPT-LUKS2-0123456789abcdef-luks-1"))
    try tree.block("dm-1", number: "253:1", slaves: ["dm-0"], mapped: ("vg-root", "LVM-abcdef"))
    try tree.mount("253:1", source: "/dev/mapper/vg-root")
    return tree
  }

  func variable(_ name: String, _ bytes: [UInt8]) throws {
    try add("/sys/firmware/efi/efivars/\(name)-\(Self.global)", bytes: bytes)
  }
}

/// Tables of SMBIOS.
enum SMBIOSSample {
  /// A type 1, memory devices whose Size fields these are, and an end.
  static func table(sizes: [UInt16], extended: UInt32 = 0) -> [UInt8] {
    var bytes: [UInt8] = [1, 6, 0, 1, 1, 2] + Array("Maker\0Model\0\0".utf8)
    for size in sizes {
      var device = [UInt8](repeating: 0, count: 0x22)
      device[0] = 17
      device[1] = 0x22
      device[0x0C] = UInt8(truncatingIfNeeded: size)
      device[0x0D] = UInt8(truncatingIfNeeded: size >> 8)
      for place in 0..<4 { device[0x1C + place] = UInt8(truncatingIfNeeded: extended >> (8 * UInt32(place))) }
      bytes += device + [0, 0]
    }
    return bytes + [127, 4, 0, 9, 0, 0]
  }
}
