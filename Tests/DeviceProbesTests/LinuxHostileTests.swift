import Foundation
import PolicyModel
import Testing

@testable import DeviceProbes

/// Files that no kernel writes.
@Suite("LinuxProbe and hostile files")
struct LinuxHostileTests {
  static let paths = [
    "/etc/os-release", "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name",
    "/sys/class/dmi/id/bios_vendor",
    "/sys/class/dmi/id/chassis_asset_tag", "/proc/cpuinfo", "/proc/meminfo", "/proc/cmdline",
    "/proc/self/mountinfo",
    "/sys/class/tpm/tpm0/tpm_version_major", "/sys/devices/system/cpu/present",
    "/sys/devices/system/cpu/online",
    "/sys/devices/system/cpu/cpu0/topology/thread_siblings_list",
    "/sys/devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq",
    "/sys/kernel/security/lockdown", "/sys/bus/thunderbolt/devices/domain0/iommu_dma_protection",
    "/sys/firmware/efi/efivars/SecureBoot-\(LinuxTree.global)", "/sys/firmware/dmi/tables/DMI",
  ]

  /// Facts that may be known whatever the files hold.
  private static let sure = ["os.architecture", "cpu.bits64", "tpm.present", "boot.uefi"]

  private func check(_ tree: LinuxTree) throws {
    for (name, content) in try tree.answers() where !Self.sure.contains(name) {
      guard case .unknown(let reason) = content else {
        Issue.record("\(name) is \(content)")
        continue
      }
      #expect(reason.utf8.count < 2000, "\(name)")
    }
  }

  @Test(
    "binary rubbish is unknown",
    arguments: [[0xFF, 0x1B, 0x5B], [0x1B, 0x5D, 0x07, 0x41]])
  func rubbish(bytes: [UInt8]) throws {
    let tree = try LinuxTree()
    for path in Self.paths { try tree.add(path, bytes: bytes) }
    try check(tree)
  }

  @Test("named pipes do not block")
  func pipes() throws {
    let tree = try LinuxTree()
    for path in Self.paths { try tree.pipe(path) }
    try check(tree)
  }

  @Test("links in a circle are not followed for ever")
  func links() throws {
    let tree = try LinuxTree()
    for path in Self.paths { try tree.link(path, to: String(path.split(separator: "/").last ?? "")) }
    try check(tree)
  }

  @Test("folders in the place of files are unknown")
  func folders() throws {
    let tree = try LinuxTree()
    for path in Self.paths { try tree.folder(path) }
    try check(tree)
  }

  @Test("files without an end are not read")
  func huge() throws {
    let tree = try LinuxTree()
    for path in Self.paths {
      try tree.add(path, "")
      // A hole takes no space on the disk.
      truncate(tree.root + path, 1 << 36)
    }
    try check(tree)
  }
}

@Suite("SMBIOSTable")
struct SMBIOSTableTests {
  @Test("the sizes of memory devices add up, in MiB, in KiB and in the field for large ones")
  func sizes() {
    func size(_ sizes: [UInt16], _ extended: UInt32 = 0) -> Int64? {
      SMBIOSTable(SMBIOSSample.table(sizes: sizes, extended: extended)).installedMemory().value
    }
    #expect(size([0x2000, 0, 0x2000, 0]) == 16 << 30)
    #expect(size([0x8200]) == 512 << 10)
    #expect(size([0x7FFF, 0x7FFF], 65536) == 128 << 30)
    #expect(size([0x7FFF], 0xFFFF_FFFF) == 0x7FFF_FFFF << 20)
    #expect(size([0x2000, 0xFFFF]) == nil)
    #expect(size([0, 0]) == nil)
    #expect(size([]) == nil)
  }

  @Test("a table that is cut off anywhere is not taken for whole")
  func cut() {
    let table = SMBIOSSample.table(sizes: [0x2000, 0x1000])
    for count in 0..<table.count - 2 {
      #expect(SMBIOSTable(Array(table.prefix(count))).installedMemory().value == nil, "\(count)")
    }
    #expect(SMBIOSTable(table + [1, 2, 3]).installedMemory().value == 12 << 30)
    #expect(SMBIOSTable([17, 3, 0, 0, 0, 0]).installedMemory().value == nil)
  }
}
